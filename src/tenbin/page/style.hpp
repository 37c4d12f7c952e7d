// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tenbin {

/// Style of the page. Parts that a picker chooses have class `pick` and are hidden until their rule
/// shows them.
inline constexpr std::string_view page_style = R"css(
:root{color-scheme:light dark;--ink:#1d2125;--soft:#5b6269;--line:#dfe3e6;--blue:#0072b2;--accent:#9a3d00;--paper:#fff;--wash:#f5f7f8}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1200px;padding:20px 24px 60px;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Hiragino Sans","Yu Gothic",Meiryo,"Noto Sans CJK JP",sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font:700 clamp(1.5rem,3vw,2.3rem)/1.15 Georgia,"Noto Serif",serif;margin:.15em 0 .3em;max-width:26em}
h2{font-size:1.3rem;margin:2.2em 0 .4em}
h3{margin:.1em 0 .3em;font-size:1.05rem}
h4{margin:.1em 0 .3em;font-size:1rem}
section section{margin-top:1.6em}
p{max-width:80ch;margin:.4em 0 .8em}
header p{max-width:none}
h2:first-child,summary h2{margin-top:.2em}
summary h2{display:inline}
.skip{position:absolute;left:-999em}.skip:focus{left:8px;top:8px;z-index:9;background:var(--paper);padding:8px}
.deck{font-size:1.12rem;color:var(--soft);max-width:52em;margin:0 0 .6em}
nav{position:sticky;top:0;z-index:6;display:flex;flex-wrap:wrap;gap:0 18px;background:var(--paper);border:solid var(--line);border-width:1px 0;margin:.6em 0 1em}
nav a{color:var(--ink);font-size:.86rem;padding:7px 0;text-decoration:none}
nav a:hover,nav a:focus-visible{color:var(--blue);text-decoration:underline}
[id]{scroll-margin-top:3.4rem}
.hero.tried{display:grid;grid-template-columns:minmax(0,1.6fr) minmax(0,1fr);gap:18px;align-items:start}
#hero-chart{width:100%;overflow:hidden}
.tried #hero-chart{aspect-ratio:2/1;min-height:250px}
.tried #hero-chart>svg{width:100%;height:100%!important}
.reads{min-height:1.4em;margin:.1em 0;font-size:.88rem;font-variant-numeric:tabular-nums}
#consequences.waiting>:nth-child(n+5){opacity:.45}
#consequences .moved{font-weight:700}
.get{margin:.2em 0 0}.get button{border:0;color:var(--soft);min-height:24px}
.embed header,.embed nav,.embed main>:not(#top),.embed .try,.embed .events,.embed .hero .soft{display:none}.embed .hero.tried{grid-template-columns:1fr}.embed{padding:6px}
.group{margin:.4em 0}.group>summary{font-weight:650;padding:4px 0}
.meter{grid-column:1/-1;margin:0;font-size:.82rem;color:var(--soft);max-width:none}
.unmeasured{font-style:italic}
.events{display:flex;flex-wrap:wrap;gap:2px 14px;margin:.4em 0;padding-left:0;font-size:.84rem;color:var(--soft)}

.hero .soft{font-size:.84rem;margin:.2em 0 0;max-width:none}
.try{background:var(--wash);padding:12px 16px;border-radius:8px}
.try h3{margin:.9em 0 .2em}
.presets{display:flex;flex-wrap:wrap;gap:6px;margin-top:10px}
.presets button{text-align:left}
#consequences{display:grid;grid-template-columns:minmax(7em,1fr) fit-content(12em);gap:3px 12px;margin:0;font-size:.92rem;min-height:8.5em}
#consequences dt{grid-column:1}
#consequences dd{grid-column:2;margin:0;text-align:right;font-variant-numeric:tabular-nums}
.answers{display:grid;grid-template-columns:1fr 1fr;gap:22px 30px}
.answer{border-top:3px solid var(--ink);padding-top:8px;min-width:0}
.answer h3{display:inline;color:var(--accent);margin-right:8px}
.answer figure{margin:.3em 0}
.answer figcaption{font-size:.84rem;color:var(--soft)}
.answer svg,.small svg{display:block;width:100%;height:auto}
.answer .soft{font-size:.84rem;margin:.2em 0}
.says{font-size:1.06rem;margin:.3em 0}
.tag{display:inline-block;font-size:.76rem;padding:1px 9px;border-radius:9px;margin:0;vertical-align:2px}
.good{background:#e3efe0;color:#2b5423}.fair{background:#fbf0d6;color:#664a00}.weak{background:#f8e0da;color:#7d2616}
.cannot{border-left:4px solid var(--accent);padding:2px 14px;margin-top:1.6em}
.cannot p{max-width:none}
.fold{border-top:1px solid var(--line);margin:0;padding:.55em 0}
.fold>summary{padding:.2em 0}
.small{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:10px 22px}
.small figure{margin:0}
.small figcaption{font-size:.88rem;font-weight:600;margin:0}
footer{margin-top:1.4em;font-size:.84rem}
.kicker{text-transform:uppercase;letter-spacing:.08em;font-size:.78rem;color:var(--soft);margin:0}
.soft,.why,.key{color:var(--soft)}
.why{font-size:.9em;font-weight:400}
.pickers{margin:.6em 0}
fieldset{border:0;padding:0;margin:0 0 .5em;display:flex;flex-wrap:wrap;gap:6px;align-items:center}
legend{float:left;width:5.2em;padding:0;color:var(--soft);font-size:.9rem}
.chip{position:relative;cursor:pointer;max-width:100%}
fieldset,.card,section{min-width:0}
th,td{overflow-wrap:break-word}
.chip input{position:absolute;opacity:0;inset:0;margin:0;width:100%;height:100%;cursor:pointer}
.chip span{display:block;padding:3px 11px;border:1px solid var(--line);border-radius:999px;font-size:.88rem;background:var(--paper)}
.chip input:checked+span{background:var(--blue);border-color:var(--blue);color:#fff}
.chip input:focus-visible+span{outline:3px solid #e69f00;outline-offset:2px}
.chip bdi,.chip span bdi{pointer-events:none}
.two{display:grid;grid-template-columns:1fr 1fr;gap:18px}
.scroll+.two{margin-top:16px}
.many{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(300px,100%),1fr));gap:14px}
.card{margin:0;border:1px solid var(--line);border-radius:8px;padding:14px 16px;background:var(--paper);min-width:0}
figcaption{font-size:.95rem;margin-bottom:4px}
.card svg{display:block;width:100%;height:auto}
svg text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Hiragino Sans","Yu Gothic",Meiryo,"Noto Sans CJK JP",sans-serif}
body:lang(ja){word-break:auto-phrase;line-break:strict}.kicker:lang(ja){text-transform:none}
.data{margin:.2em 0}.data>summary{font-size:.82rem;color:var(--soft)}
#language{float:right;margin:0 0 6px 12px}
.key{font-size:.82rem;margin:.6em 0 0}
.key .item{white-space:nowrap;margin-right:10px}
.key i{display:inline-block;width:20px;height:10px;margin-right:4px;vertical-align:-1px}
.k-ink{border-top:3px solid #222;height:0!important;vertical-align:3px!important}
.k-mid{border-top:3px solid var(--blue);height:0!important;vertical-align:3px!important}
.k-50{background:#0072b26b}
.k-80{background:#0072b22e}
.k-dashed{border-top-style:dashed!important}
.coverage{overflow-x:auto}.coverage svg{min-width:620px}#sources td:last-child{min-width:11em}
#reach-map svg{max-width:900px;margin:0 auto}
.k-base{border-top:3px solid #767676;height:0!important;vertical-align:3px!important}
.words{margin-top:18px;background:var(--wash)}
.words ul{margin:.3em 0;padding-left:1.2em}
.words li{max-width:95ch;margin:.3em 0}
.card ul{margin:.3em 0;padding-left:1.2em}
.card li{margin:.4em 0}
.card .events li{margin:.1em 0 .1em 1.7em}
.scroll{overflow-x:auto;background:linear-gradient(90deg,#fff 30%,#fff0) 0 0/40px 100% local no-repeat,linear-gradient(270deg,#fff 30%,#fff0) 100% 0/40px 100% local no-repeat,linear-gradient(90deg,#0003,#0000) 0 0/12px 100% scroll no-repeat,linear-gradient(270deg,#0003,#0000) 100% 0/12px 100% scroll no-repeat}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:4px 0}
th,td{text-align:left;padding:6px 10px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
thead th{color:var(--soft);font-size:.82rem;border-bottom:2px solid var(--line);vertical-align:bottom}
tbody th{font-weight:600}
thead .n{white-space:normal}
tbody th{min-width:8em}
tr.group th{padding-top:14px;color:var(--soft)}
td.why{min-width:18em}
.year{padding-left:1.8em}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{display:inline-block;width:70px;height:9px;background:#eef1f3}
.badge{display:inline-block;background:#fff3d6;border:1px solid #d9a400;color:#5c4400;border-radius:4px;padding:0 6px;font-size:.78rem;white-space:nowrap}
details{margin:1em 0}
summary{cursor:pointer}
pre{white-space:pre-wrap;font-size:.8rem;background:var(--wash);padding:12px;border-radius:6px;overflow-x:auto}
.pick,.printed{display:none}
body.hidden>:not(.changed){display:none}
.changed{border:2px solid #d55e00;border-radius:8px;padding:10px 18px 16px;margin-bottom:20px}
#live-says{font-size:1.1rem;font-weight:600;max-width:none;min-height:2.9em;margin:.4em 0}
#live.broken #live-says{border-left:5px solid #d55e00;padding-left:12px}
.desk{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:18px;align-items:start}
.desk .charts{display:grid;gap:14px;position:sticky;top:3rem}
.slider:empty{min-height:4.6rem}
.live-chart{width:100%;overflow:hidden}
.live-chart>svg{width:100%;height:100%!important}
#live-fan{aspect-ratio:1/.55;min-height:210px;max-height:330px}
#live-change{aspect-ratio:1/.42;min-height:180px;max-height:250px}
#live-risks{min-height:16em;margin:0}
#live-risks:not(:empty):not(:has(table)){min-height:0}
#live-risks.old{opacity:.45}
#live>section{margin-top:18px}
#live h2{margin-top:.2em}
.slider{position:relative;display:grid;grid-template-columns:1fr 10.5em 5.8em 4.2em;gap:0 12px;align-items:center;padding:3px 0;border-bottom:1px solid var(--line)}
.slider .term{grid-column:1/3;font-size:.93rem}
.slider .said{grid-column:3/-1;text-align:right}
.slider input[type=range]{grid-column:1/3;width:100%;accent-color:var(--soft);min-height:24px}
.slider.moved input[type=range],.slider input[type=range]:focus-visible{accent-color:var(--blue)}
.slider.moved label{font-weight:600}
.entry{width:100%;font:inherit;font-size:.9rem;padding:2px 4px;border:1px solid var(--line);border-radius:4px}
.said{font-variant-numeric:tabular-nums;font-size:.92rem}
button{font:inherit;font-size:.9rem;padding:5px 12px;border:1px solid #8a9096;border-radius:6px;background:var(--paper);color:var(--ink);cursor:pointer}
button:disabled{color:#9aa0a5;border-color:var(--line);cursor:default}
button.plain{padding:1px 6px;font-size:.82rem}
button:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid #e69f00;outline-offset:2px}
#live-predict-box{margin:.5em 0;font-size:.95rem}
#live-predict-box .entry{width:7em}
#live-predict-box[hidden]{display:none}
#live-guessed{font-weight:600;min-height:1.5em}
.drawable{cursor:crosshair;touch-action:none}
button[aria-pressed=true]{background:var(--blue);border-color:var(--blue);color:#fff}
.term{position:relative}
.tip{display:none;position:absolute;z-index:5;left:0;top:100%;width:max-content;max-width:min(30em,80vw);background:#1d2125;color:#fff;font-size:.85rem;font-weight:400;line-height:1.4;padding:6px 10px;border-radius:6px;text-transform:none;white-space:normal;text-align:left}
.term:hover .tip,.term:focus .tip,.slider .term:hover~.tip,.slider input:focus-visible~.tip{display:block}
.slider .tip{top:auto;bottom:100%}
.quiet .tip{display:none!important}
span.term{border-bottom:1px dotted var(--soft);cursor:help}
.buttons{display:flex;flex-wrap:wrap;gap:8px;margin:14px 0 6px}
textarea{width:100%;font:.8rem/1.4 ui-monospace,monospace}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaec;--soft:#a9b1b8;--line:#3a4148;--blue:#59b0e3;--accent:#f0a36a;--paper:#15181b;--wash:#1e2327}svg{color:#222;filter:invert(.91) hue-rotate(180deg)}.good{background:#23401c;color:#cfe8c8}.fair{background:#4a3a08;color:#f6e2b0}.weak{background:#571f12;color:#f8d3c8}.scroll{background:none}.bar{background:#d8dcdf}.chip input:checked+span,button[aria-pressed=true]{color:#0b1319}}
@media (forced-colors:active){.chip input:checked+span,button[aria-pressed=true]{outline:3px solid Highlight;outline-offset:-3px;forced-color-adjust:none}svg{forced-color-adjust:none;background:#fff;filter:none}.tag{border:1px solid}}
@media screen and (max-width:820px){.hero.tried,.answers{grid-template-columns:1fr}nav{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}.desk{grid-template-columns:1fr}.desk .charts{display:contents}.slider{grid-template-columns:1fr 6em 4.5em}.slider .term{grid-column:1/-1}.slider .said{grid-column:1/-1;text-align:left}.slider input[type=range]{grid-column:1}.slider:empty{min-height:6rem}body{padding:14px 14px 40px}.two{grid-template-columns:1fr}legend{width:100%;float:none}fieldset{gap:5px}h2{font-size:1.15rem}svg text{font-size:15px}table{font-size:.85rem}}
@media screen and (max-width:820px) and (min-height:640px){.desk .charts figure:first-child{position:sticky;top:2.2rem;z-index:3;box-shadow:0 4px 8px #0002}.desk .charts figure:first-child .key,.desk .charts figure:first-child .get{display:none}}
th.n .tip,td.n .tip{left:auto;right:0}
@media print{@page{size:A4;margin:12mm}:root{--ink:#1d2125;--soft:#555;--line:#ccc;--paper:#fff;--wash:#fff}html,body{font-size:9.5pt}body{line-height:1.35;max-width:none;padding:0}svg{filter:none!important}h1{font-size:20pt}h2{font-size:13pt;margin:.4em 0}p{max-width:none}#language,.skip,nav,.get,.pickers,.presets,.try>p,.try>h2,#hero-slider,.buttons,.reads,.key,#live-copied,#live-predict-box,#live-said,#live .levers,.fold,details:not(.changes){display:none!important}.hero.tried{display:block}#consequences{min-height:0;max-width:34em}.answers{grid-template-columns:1fr 1fr;gap:10px 24px}.answer svg{max-height:3.1cm}.says{font-size:.95rem}.answer .soft{font-size:.78rem}.answer,.card,figure,tr{break-inside:avoid}.card{padding:8px 10px}.scroll{overflow:visible;background:none}.desk{display:block}.desk .charts{position:static;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}#answers,#policy,#countries{break-before:page}#live-says{min-height:0}.words{margin-top:10px}.small{grid-template-columns:repeat(4,1fr)}.printed{display:block}a{color:inherit;text-decoration:none}.tag,.k-50,.k-80{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";

}  // namespace tenbin
