import { testServer, sharedDefinitions } from './store.fixture.ts';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
rmSync('/tmp/spike/c.db',{force:true});rmSync('/tmp/spike/c.db-wal',{force:true});
const s = await testServer('/tmp/spike/c.db');
const dir='/work/shared/data/synthea/';
let n=0, t0=performance.now();
for (const f of readdirSync(dir)) { const text=readFileSync(dir+f,'utf8'); const t=performance.now(); const r=await s.request('POST','/',text); const k=r.body.entry?.length; n+=k; console.log(f,r.status,k,Math.round(k/(performance.now()-t)*1e3)+'/s', r.status!==200?r.text.slice(0,500):'', r.body.entry?.[0].response); }
console.log(n,'total/s', n/(performance.now()-t0)*1e3, readFileSync('/tmp/spike/c.db').length, s.anchored.length, s.enrolled.length);
for (const q of ['/Patient','/Patient?name=Kil','/Patient?_total=accurate&_count=2','/Observation?patient.name=Kilback&_count=3&_sort=-date','/Observation?code=http://loinc.org|8302-2&_total=accurate&_count=1&_include=Observation:patient','/Patient?_has:Observation:patient:code=8302-2&_total=accurate&_count=1','/Condition?_sort=-onset-date,code&_count=2&patient.name:exact=Kilback','/Observation?value-quantity=gt100||cm&_count=2&_total=accurate','/Encounter?date=ge2018&date=lt2019&_total=accurate&_count=1','/Patient?family:contains=ilba','/Observation?foo=1','/Foo','/Patient?_count=1001','/Patient?_revinclude=Encounter:patient&name=Kilback&_count=1','/Patient?_summary=count','/Patient?gender:missing=true&_summary=count','/Patient?birthdate=1950&_elements=birthDate', '/Practitioner?_has:Encounter:participant:_id=xx']) { const t=performance.now(); const r=await s.request('GET',q); console.log(q, r.status, (performance.now()-t).toFixed(1)+'ms', r.body.total, r.body.entry?.length, r.body.entry?.[0]?.resource?.id, r.status!==200? r.text.slice(0,200):'', r.body.link?.length); }
const p=(await s.request('GET','/Patient?_count=1')).body.entry[0].resource;
console.log(await s.request('GET','/Patient/'+p.id).then(r=>[r.status,r.headers]));
let t=performance.now(); let faults=0; for await (const f of s.store.check((r,v)=>s.commitments.get(r+'/'+v))) { if(faults++<5) console.log(f); } console.log('check', faults, performance.now()-t);
await (await sharedDefinitions()).close();
