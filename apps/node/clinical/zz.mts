import { testServer, sharedDefinitions } from './store.fixture.ts';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { spawnSync, spawn } from 'node:child_process';
for (const x of ['','-wal','-shm']) rmSync('/tmp/spike/c.db'+x,{force:true});
const s = await testServer('/tmp/spike/c.db');
const defs = await sharedDefinitions();
const dir='/work/shared/data/synthea/';
const texts=readdirSync(dir).map(f=>readFileSync(dir+f,'utf8'));
// validator alone
let n=0;
const all=texts.flatMap(t=>{const b=JSON.parse(t); const m=new Map(b.entry.map((e:any)=>[e.fullUrl,e.resource.resourceType+'/'+e.fullUrl.slice(9)])); return b.entry.map((e:any)=>JSON.stringify(e.resource).replace(/urn:uuid:[0-9a-f-]{36}/g,(x:string)=>m.get(x) as string??x));});
for (let k=0;k<(process.argv[3]?1:3);k++){ const t=performance.now(); await Promise.all(all.map((j:string)=>defs.examine(j))); console.log('validator alone', Math.round(all.length/(performance.now()-t)*1e3)); }
for (let k=0;k<(process.argv[3]?1:3);k++){ const t=performance.now(); n=0; for (const x of texts){ const r=await s.request('POST','/',x); n+=r.body.entry.length;} console.log('import', Math.round(n/(performance.now()-t)*1e3)); }
if (process.argv[2]==='import') { await defs.close(); process.exit(0); }
s.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
const addr=await s.app.listen({port:0,host:'127.0.0.1'});
const p=(await s.request('GET','/Patient?_count=1')).body.entry[0].resource;
const pid=p.id; const ident=p.identifier[0];
const ob=(await s.request('GET','/Observation?_count=1')).body.entry[0].resource;
const body=JSON.stringify({...ob,id:undefined,meta:undefined});
const run=(name:string,args:string[])=>new Promise<void>(res=>{ const c=spawn(process.execPath,['node_modules/autocannon/autocannon.js','-c','10','-d','6','-j',...args]); let o=''; c.stdout.on('data',d=>o+=d); c.on('exit',()=>{ try{const j=JSON.parse(o); console.log(name, j.requests.average, '2xx',j['2xx'],'non',j.non2xx,'p99',j.latency.p99);}catch{console.log(name,o.slice(0,200))} res(); }); });
const u=addr+'/fhir/R4';
if(!process.argv[3]||process.argv[3]==='read') await run('read',[u+'/Patient/'+pid]);
if(!process.argv[3]||process.argv[3]==='ident') await run('ident',[u+`/Patient?identifier=${encodeURIComponent(ident.system+'|'+ident.value)}&_count=1`]);
if(!process.argv[3]||process.argv[3]==='obs') await run('obs',[u+'/Observation?patient='+pid+'&_count=20']);
if(!process.argv[3]||process.argv[3]==='create') await run('create',['-m','POST','-H','content-type=application/fhir+json','-b',body,u+'/Observation']);
await s.app.close(); await defs.close();
