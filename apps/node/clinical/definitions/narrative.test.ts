import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenRule, checkNarratives, type NarrativeRule } from './narrative.ts';

const div = (content: string, attributes = 'xmlns="http://www.w3.org/1999/xhtml"'): string =>
  `<div ${attributes}>${content}</div>`;

/** Each is shown by a browser as more than text, or read by an HTML parser as something else than by an XML parser. */
const BROKEN: readonly [NarrativeRule, string][] = [
  // Elements, also in other letters, with a prefix, or of another language.
  ['element', '<script>alert(1)</script>'],
  ['element', '<SCRIPT>alert(1)</SCRIPT>'],
  ['element', '<sCrIpT src="https://a.example/x.js"/>'],
  ['element', '<xhtml:script xmlns:xhtml="http://www.w3.org/1999/xhtml">alert(1)</xhtml:script>'],
  ['element', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['element', '<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>'],
  ['element', '<math><mtext><table/></mtext></math>'],
  ['element', '<style>body { background: url(https://a.example/) }</style>'],
  ['element', '<iframe src="https://a.example"/>'],
  ['element', '<object data="https://a.example"/>'],
  ['element', '<embed src="https://a.example"/>'],
  ['element', '<form action="https://a.example"><p>Sign in</p></form>'],
  ['element', '<input autofocus="autofocus" onfocus="alert(1)"/>'],
  ['element', '<base href="https://a.example"/>'],
  ['element', '<link rel="stylesheet" href="https://a.example"/>'],
  ['element', '<meta http-equiv="refresh" content="0;url=https://a.example"/>'],
  ['element', '<body onload="alert(1)"/>'],
  ['element', '<noscript><p title="&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;">x</p></noscript>'],
  ['element', '<template><p>x</p></template>'],
  ['element', '<textarea>&lt;/textarea&gt;</textarea>'],
  ['element', '<font color="red">old</font>'],
  ['element', '<video src="https://a.example"/>'],
  // Attributes.
  ['attribute', '<p onclick="alert(1)">x</p>'],
  ['attribute', '<p ONCLICK="alert(1)">x</p>'],
  ['attribute', '<img src="#a" alt="x" onerror="alert(1)"/>'],
  ['attribute', '<a xlink:href="javascript:alert(1)">x</a>'],
  ['attribute', '<p srcdoc="x">x</p>'],
  ['attribute', '<p xmlns:x="http://a.example">x</p>'],
  ['attribute', '<p href="https://a.example">x</p>'],
  ['attribute', '<a href="https://a.example" target="_top" ping="https://b.example">x</a>'],
  ['attribute', '<a href="#a" formaction="javascript:alert(1)">x</a>'],
  ['attribute', '<p __proto__="x">x</p>'],
  // Addresses.
  ['value', '<a href="javascript:alert(1)">x</a>'],
  ['value', '<a href="JaVaScRiPt:alert(1)">x</a>'],
  ['value', '<a href=" javascript:alert(1)">x</a>'],
  ['value', '<a href="java&#9;script:alert(1)">x</a>'],
  ['value', '<a href="java&#10;script:alert(1)">x</a>'],
  ['value', '<a href="&#x6A;avascript&#58;alert(1)">x</a>'],
  ['value', '<a href="vbscript:x">x</a>'],
  ['value', '<a href="data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;">x</a>'],
  ['value', '<a href="blob:https://a.example/x">x</a>'],
  ['value', '<a href="file:///etc/passwd">x</a>'],
  ['value', '<img alt="x" src="javascript:alert(1)"/>'],
  ['value', '<img alt="x" src="data:image/svg+xml;base64,PHN2Zy8+"/>'],
  ['value', '<img alt="x" src="data:image/png,&lt;svg onload=alert(1)&gt;"/>'],
  ['value', '<img alt="x" src="data:text/html;base64,PHA+"/>'],
  ['value', '<blockquote cite="javascript:alert(1)">x</blockquote>'],
  ['value', '<map name="m"><area alt="x" href="javascript:alert(1)"/></map>'],
  ['value', '<p xmlns="http://www.w3.org/2000/svg">x</p>'],
  // Styles.
  ['value', '<p style="background: url(https://a.example/seen)">x</p>'],
  ['value', '<p style="background: UR&#76;(javascript:alert(1))">x</p>'],
  ['value', '<p style="width: expression(alert(1))">x</p>'],
  ['value', '<p style="width: exp/**/ression(alert(1))">x</p>'],
  ['value', '<p style="background: \\75 rl(https://a.example)">x</p>'],
  ['value', '<p style="-moz-binding: x">x</p>'],
  ['value', '<p style="behavior: x">x</p>'],
  ['value', '<p style="background: image-set(&quot;https://a.example&quot; 1x)">x</p>'],
  ['value', '<p style="color: red} @import &quot;https://a.example&quot;;">x</p>'],
  // What an HTML parser takes for ended.
  ['comment', '<!--><img src=x onerror=alert(1)>-->x'],
  ['comment', '<!---><img src=x onerror=alert(1)>-->x'],
  ['xml', '<!-- --!><img src=x onerror=alert(1)> -->x'],
  ['declaration', '<![CDATA[><img src=x onerror=alert(1)>]]>x'],
  ['declaration', '<?xml-stylesheet href="javascript:alert(1)"?>x'],
  // Not XML.
  ['xml', '<p>open'],
  ['xml', '<p>x</b>'],
  ['xml', '<br>x'],
  ['xml', '<p class=x>x</p>'],
  ['xml', '<p title="<script>">x</p>'],
  ['xml', '<p class="a" class="b">x</p>'],
  ['xml', 'a & b'],
  ['xml', 'a&nbsp;b'],
  ['xml', '<a href="javascript&colon;alert(1)">x</a>'],
  ['xml', '<a href="&#106avascript:alert(1)">x</a>'],
  ['xml', 'x\u0000'],
  ['xml', 'x</div><div xmlns="http://www.w3.org/1999/xhtml">y'],
  // Nothing to read, or too deep.
  ['empty', ''],
  ['empty', ' \n&#160;<p> <br/></p>'],
  ['depth', `${'<span>'.repeat(100)}x${'</span>'.repeat(100)}`],
  ['length', 'x'.repeat(2 * 1024 * 1024)],
];

test('R29 a narrative that could run, load or hide something is refused, in whatever letters it is written', () => {
  for (const [rule, content] of BROKEN) assert.equal(brokenRule(div(content)), rule, content.slice(0, 200));
});

test('R29 the whole narrative is one div of XHTML, without a declaration before it', () => {
  assert.equal(brokenRule('<div>x</div>'), 'root');
  assert.equal(brokenRule('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'), 'root');
  assert.equal(brokenRule(div('x', 'xmlns="http://www.w3.org/2000/svg"')), 'root');
  assert.equal(brokenRule(div('x', 'xmlns="http://www.w3.org/1999/xhtml" onclick="alert(1)"')), 'attribute');
  assert.equal(brokenRule('plain'), 'xml');
  assert.equal(brokenRule(`${div('x')}${div('y')}`), 'xml');
  assert.equal(brokenRule(`<?xml version="1.0"?>${div('x')}`), 'declaration');
  const entities = '<!DOCTYPE div [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  assert.equal(brokenRule(`${entities}${div('&x;')}`), 'declaration');
  const bomb = '<!DOCTYPE div [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>';
  assert.equal(brokenRule(`${bomb}${div('&b;')}`), 'declaration');
});

test('R29 what FHIR allows for formatting stays allowed', () => {
  for (const content of [
    'A &amp; B &lt; C &#160; &#x939;',
    '<h1>Plan</h1><p class="x" style="color: rgb(0, 0, 0); font-weight: bold">Rest<br/>and <b>water</b></p>',
    '<table border="1" summary="s"><caption>c</caption><tbody><tr><td colspan="2" valign="top">1</td></tr></tbody></table>',
    '<a href="https://a.example/x?y=1:2">x</a><a href="Patient/1">x</a><a href="#top">x</a><a name="top">x</a>',
    '<a href="mailto:a@a.example">x</a><a href="tel:+911234">x</a><a href="urn:oid:1.2">x</a>',
    '<img alt="x" src="#pic1"/><img alt="x" src="data:image/png;base64,iVBORw0KGgo="/>',
    '<p style="background: url(data: image/png;base64,iVBORw0KGgo=)">x</p>',
    '<p xml:lang="hi" lang="hi" dir="ltr">आराम</p><!-- said by hand -->',
    `${'<span>'.repeat(99)}x${'</span>'.repeat(99)}`,
    '<img alt="" src="#only"/>',
  ]) {
    assert.equal(brokenRule(div(content)), undefined, content);
  }
});

test('R29 every narrative of a resource is looked at, and only its place and the rule are told', () => {
  const bad = { status: 'generated', div: div('<script>secret</script>') };
  const issues = checkNarratives(
    { text: bad, contained: [{ text: bad }], section: [{ section: [{ text: bad }] }] },
    'Composition',
  );
  assert.deepEqual(
    issues.map(({ expression }) => expression?.[0]),
    ['Composition.text.div', 'Composition.contained[0].text.div', 'Composition.section[0].section[0].text.div'],
  );
  assert.doesNotMatch(JSON.stringify(issues), /script|secret/);
});
