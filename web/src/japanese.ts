// SPDX-License-Identifier: Apache-2.0
/** What the script says: English as in the source, and Japanese. The part between two asterisks is bold. */
export const japanese = {
  // units.ts
  '% of GDP': '%（GDP比）',
  'points a year': 'ポイント（年当たり）',
  points: 'ポイント',
  '{value} points a year': '年{value}ポイント',
  '{value} km': '{value}km',
  times: '倍',
  '{value} times': '{value}倍',

  // words.ts: numbers
  'no measurable change': '測れるほどの変化なし',
  '{value} points': '{value}ポイント',
  'under 1%': '1%未満',
  'over 99%': '99%超',

  // words.ts: how far a slider can move its outcome
  'Cannot be measured here. This is an assumption: nothing in the data says how large it should be.':
    'ここでは測れない。これは仮定であり、どの程度の大きさが妥当かを示すデータはない。',
  'Cannot be measured here: this panel lacks what the outcome needs.':
    'ここでは測れない。結果の計算に必要な数値がこのデータにない。',
  'Cannot be measured here: past data show no clear effect.':
    'ここでは測れない。過去のデータからは明確な影響が読み取れない。',
  'Can change the share of GDP of {country} in {year} by {low} to {high} percentage points.':
    '{year}年の{country}の軍事費のGDP比を{low}～{high}ポイントの範囲で動かせる。',
  'Can change spending of {country} in {year} by {low} to {high}%.':
    '{year}年の{country}の軍事費を{low}～{high}%の範囲で動かせる。',
  'Can change the number of years with a new incident, of the {years} to {end}, by {low} to {high}.':
    '{end}年までの{years}年間に事案が発生する年数を{low}～{high}年の範囲で動かせる。',
  'Can change the ratio of {first} to {second} in {year} by {low} to {high}.':
    '{year}年の累積軍事費の比（{first}÷{second}）を{low}～{high}の範囲で動かせる。',
  'Can change the ratio of {first} to {second} in {year} by {low} to {high}, if members count as far as treaties bind them.':
    '条約による重み付けで数えた場合、{year}年の累積軍事費の比（{first}÷{second}）を{low}～{high}の範囲で動かせる。',

  // words.ts: the last year
  '{country}: not known in this unit.': '{country}：この単位の値はない。',
  'With these settings spending of {country} grows without limit: the median reaches {median} in {year}.':
    'この設定では{country}の軍事費が際限なく膨らみ、中央値は{year}年に{median}に達する。',
  'Read it as a sign of instability, not as a forecast.':
    '予測ではなく、計算が不安定になった兆候とみるべきだ。',
  '{country} in {year}: {median} of GDP, likely range (80%) {low} to {high}.':
    '{country}の{year}年の軍事費はGDP比{median}（80%の範囲は{low}～{high}）。',
  '{country} in {year}: {median}, likely range (80%) {low} to {high}.':
    '{country}の{year}年の軍事費は{median}（80%の範囲は{low}～{high}）。',
  'No measurable change from {plans}.': '{plans}と比べ、測れるほどの変化はない。',
  'Difference from {plans}: {change}.': '{plans}との差は{change}。',

  // charts.ts: one year of a chart
  '{year}: no figure': '{year}年：数値なし',
  '{year}: {amount}, observed': '{year}年：{amount}（実績）',
  '{year}: median {median}, likely range {low} to {high}':
    '{year}年：中央値は{median}、80%の範囲は{low}～{high}',
  '{year}: median {median}, likely range {low} to {high}; {plans} {base}':
    '{year}年：中央値は{median}、80%の範囲は{low}～{high}（{plans}では{base}）',

  // charts.ts: charts for those who cannot see them
  '{country}, {year}: median {median}, likely range {low} to {high}; {plans} {base}':
    '{country}の{year}年の軍事費：中央値は{median}、80%の範囲は{low}～{high}（{plans}では{base}）',
  '{country}, difference from {plans} in {year}: median {median}, likely range {low} to {high}':
    '{country}の{year}年の軍事費の{plans}との差：中央値は{median}、80%の範囲は{low}～{high}',

  // consequences.ts
  '{country}: share of GDP': '{country}の軍事費のGDP比',
  '{country}: spending': '{country}の軍事費',
  'Accumulated spending of {first} for each dollar of {second}':
    '累積軍事費の比（{first}÷{second}）',
  'Chance of an arms race with {rival}': '{rival}との軍拡競争が起きる確率',
  'Years with a new incident with {rival}, of {years}':
    '{rival}との事案が発生する年数（今後{years}年）',
  '{value}, unchanged': '{value}（変化なし）',

  // downloads.ts
  'Save this chart as {format}: {caption}': 'このグラフを{format}で保存：{caption}',

  // predict.ts
  'What do you expect for {year}? Draw it on the chart, or type it:':
    '{year}年はどうなると予想するか。グラフに線を引くか、数値を入力：',
  'Show the simulations': 'シミュレーションを表示',
  'You drew nothing; here are the simulations.':
    '予想の入力がなかったため、シミュレーションを表示した。',
  'You expected {guess} in {year}: below 95% of the simulations.':
    '{year}年の予想は{guess}。シミュレーションの95%がこれを上回る。',
  'You expected {guess} in {year}: below 90% of the simulations.':
    '{year}年の予想は{guess}。シミュレーションの90%がこれを上回る。',
  'You expected {guess} in {year}: lower than most: below three quarters of the simulations.':
    '{year}年の予想は{guess}。低めで、シミュレーションの4分の3がこれを上回る。',
  'You expected {guess} in {year}: in the middle half of the simulations.':
    '{year}年の予想は{guess}。シミュレーションの中央50%に入る。',
  'You expected {guess} in {year}: higher than most: above three quarters of the simulations.':
    '{year}年の予想は{guess}。高めで、シミュレーションの4分の3がこれを下回る。',
  'You expected {guess} in {year}: above 90% of the simulations.':
    '{year}年の予想は{guess}。シミュレーションの90%がこれを下回る。',
  'You expected {guess} in {year}: above 95% of the simulations.':
    '{year}年の予想は{guess}。シミュレーションの95%がこれを下回る。',
  'The median is {median}.': '中央値は{median}。',

  // reach.ts
  '{country}: the panel has no missile in service.':
    '{country}：配備中のミサイルはこのデータにない。',
  '{country}: {missiles}.': '{country}：{missiles}。',
  'Nobody here counts it as a rival.': 'この国を対立国とみなす国は、このデータにはない。',
  'Where those lie who count it as a rival is not known.':
    'この国を対立国とみなす国の位置は、このデータにない。',
  'The longest reaches {countries}.': '射程が最長のミサイルは{countries}に届く。',
  'None reaches a capital of those who count it as a rival.':
    'この国を対立国とみなす国の首都に届くミサイルはない。',

  // readout.ts
  '{chart}. The arrow keys read it year by year.': '{chart}。矢印キーで1年ずつ読める。',

  // risktables.ts
  'Arms race by {year} of {country}: not computed for this panel.':
    '{country}の{year}年までの軍拡競争：このデータでは計算していない。',
  'Arms race by {year}, chance, and change in percentage points':
    '{year}年までに軍拡競争が起きる確率と、その変化（ポイント）',
  'Incidents of {country}: not computed for this panel.':
    '{country}の軍事的事案：このデータでは計算していない。',
  'Incidents, years with one, of {years}': '軍事的事案が発生する年数（今後{years}年）',
  '{country} and': '{country}の相手国',
  change: '変化',

  // sliders.ts
  '{country} decides': '{country}が決めること',
  Rivals: '対立国',
  'Your assumptions': '自分で置く仮定',
  off: '設定なし',
  '{value} (today)': '{value}（現状）',
  'today’s value': '現状の値',
  '{slider}: number': '{slider}：数値',
  '{slider}: number, {unit}': '{slider}：数値、単位は{unit}',
  reset: 'リセット',
  'Reset: {slider}': 'リセット：{slider}',
  '{slider}: from {low} to {high}.': '{slider}：入力できるのは{low}～{high}。',
  '{slider}: from {low} to {high} {unit}.': '{slider}：入力できるのは{low}～{high}、単位は{unit}。',

  // captions.ts
  'share of GDP': 'GDP比',
  'million {unit}': '100万{unit}',
  'billion {unit}': '億{unit}',
  '{scenario}, changed': '{scenario}（変更あり）',
  '{source}; tenbin, {futures} to {full} simulations':
    '{source}、tenbin、シミュレーション{futures}～{full}回',
  '{source}; tenbin, {futures} to {full} simulations; seal {seal}':
    '{source}、tenbin、シミュレーション{futures}～{full}回、ハッシュ値{seal}',
  '*{country}*: military spending, share of GDP; shaded: middle 50% and 80% of {count} simulations':
    '*{country}*の軍事費（GDP比）。シミュレーション{count}回の中央50%（濃い帯）と80%（薄い帯）',
  '*{country}*: military spending, share of GDP; shaded: middle 50% and 80% of {count} simulations; the past is an estimate, not reported':
    '*{country}*の軍事費（GDP比）。シミュレーション{count}回の中央50%（濃い帯）と80%（薄い帯）。過去の値は公表値ではなく推定値',
  '*{country}*: military spending, billion {unit}; shaded: middle 50% and 80% of {count} simulations':
    '*{country}*の軍事費、単位は億{unit}。シミュレーション{count}回の中央50%（濃い帯）と80%（薄い帯）',
  '*{country}*: military spending, billion {unit}; shaded: middle 50% and 80% of {count} simulations; the past is an estimate, not reported':
    '*{country}*の軍事費、単位は億{unit}。シミュレーション{count}回の中央50%（濃い帯）と80%（薄い帯）。過去の値は公表値ではなく推定値',
  '*Difference from {plans}*, percentage points': '*{plans}との差*、単位はポイント',
  '*Difference from {plans}*, billion {unit}': '*{plans}との差*、単位は億{unit}',
  '{country}: the simulations are hidden until you have drawn yours':
    '{country}：予想の線を引くまでシミュレーションは表示しない',
  '{country}: what do you expect?': '{country}：どうなると予想するか。',
  '{country}: the panel does not say where it lies.': '{country}：位置はこのデータにない。',

  // main.ts: what is set
  'Scenario: {scenario}.': 'シナリオ：「{scenario}」。',
  'Scenario: {scenario}. Nothing else is changed.':
    'シナリオ：「{scenario}」。ほかに変えた条件はない。',
  '{slider}: {value}. Fixed: {held}. Free to react: {responds}.':
    '{slider}：{value}。固定されるもの：{held}。反応するもの：{responds}。',

  // main.ts: what is copied
  'The link is copied: it opens the page with these settings.':
    'リンクをコピーした。開くと、この設定でページが表示される。',
  'The numbers of the charts are copied, for a spreadsheet.':
    'グラフの数値をコピーした。表計算ソフトに貼り付けられる。',
  'The settings are copied as a scenario file: the command line makes the first {count} of these simulations from it. Save it beside {file}.toml.':
    '設定をシナリオファイルとしてコピーした。{file}.tomlと同じフォルダーに保存すれば、コマンドラインで同じシミュレーションの最初の{count}回分を再現できる。',
  'The code is copied: it shows the first chart in another page. Put this file on your own server first.':
    'コードをコピーした。ほかのページに最初のグラフを表示できる。先にこのファイルを自分のサーバーに置く必要がある。',
  'Copy it from the box below.': '自動ではコピーできなかった。下の欄からコピーできる。',

  // main.ts: whether the page can be trusted
  'This browser does not let a page check itself.':
    'このブラウザーでは、ページの自己検査ができない。',
  'By the page’s own account it is unchanged since it was written (seal {seal}), and its engine gives in this browser the numbers of the program that wrote it, to the last bit. Whoever changes a page on purpose can renew the seal: `tenbin verify` computes every number again, and can compare the data and the estimate with their source.':
    'ページ自身の検査では、作成時から変更されておらず（ハッシュ値{seal}）、このブラウザーで動く計算エンジンの数値は、ページを作成したプログラムと最後の1ビットまで一致する。意図的な改変ではハッシュ値も書き換えられるため、`tenbin verify`による全数値の再計算が確実である。元のデータや推定結果との照合もできる。',
  'This page was changed after it was written': 'このページは作成後に変更されている',
  'Something in the file is not as tenbin wrote it: it may be damaged, or a figure was edited.':
    'ファイルの一部が、tenbinが作成したときと異なる。破損したか、数値が書き換えられた可能性がある。',
  'Its numbers are not shown.': '数値は表示しない。',
  'Ask for the file again, or let `tenbin verify` say what differs.':
    'ファイルを入手し直すか、`tenbin verify`で異なる箇所を確かめるとよい。',
  'Show it all the same': 'それでも表示',

  // faults.ts; the first row: main.ts
  'What stands below was written with the page.':
    '以下の内容は、ページの作成時に書き込まれたものである。',
  'This page cannot compute: its engine gives other numbers in this browser than when the page was written.':
    'このページでは計算できない。計算エンジンがこのブラウザーで出す数値が、ページの作成時と異なる。',
  'This page cannot compute: the engine could not be started.':
    'このページでは計算できない。計算エンジンを起動できなかった。',
  'This page cannot compute: the figures in this file are damaged.':
    'このページでは計算できない。ファイル内の数値が破損している。',
  'This page cannot compute: the engine does not know what was asked.':
    'このページでは計算できない。計算エンジンが要求を解釈できない。',
  'This page cannot compute: its workers do not agree on what was asked.':
    'このページでは計算できない。並列処理の間で計算の内容が食い違っている。',
  'This page cannot compute: {reason}.': 'このページでは計算できない。原因：{reason}。',

  // charttable.ts
  Year: '年',
  Observed: '実績',
  Median: '中央値',
  '80% range': '80%の範囲',
  '{low} to {high}': '{low}～{high}',

  // lesson.ts
  'Step {step} of {steps}': 'ステップ{step}（全{steps}）',
  'Next step': '次へ',
  'End the lesson': '演習を終える',
  'What share of GDP do you expect {state} to spend until {year}? Draw your line on the chart or type a number. Then show the simulations.':
    '{year}年までの{state}の軍事費のGDP比はどうなると思うか。グラフに線を引くか、数値を入力してから、シミュレーションを表示する。',
  'Now the scenario is “{scenario}”. What do you expect now? Draw or type it before you look.':
    '今度のシナリオは「{scenario}」。どうなると思うか。結果を見る前に、線を引くか数値を入力する。',
  'Find a setting with which {state} spends at least {goal} of GDP in {year} (median). Move as few sliders as you can.':
    '{year}年の{state}のGDP比（中央値）が{goal}以上になる設定を探す。動かすスライダーはできるだけ少なくする。',
  'The median is {median}. What do you know that the model does not, and what does the model know that you did not?':
    '中央値は{median}。モデルが知らず、自分が知っていることは何か。自分が知らず、モデルが知っていたことは何か。',
  'The median is {median}; on {plans} it is {before}. How much of the difference did you expect?':
    '中央値は{median}、{plans}では{before}。この差をどこまで予想していたか。',
  'Reached: the median is {median}. Who decides on the sliders that you moved, and what would each of them cost?':
    '達成。中央値は{median}。動かした条件を決めるのは誰か。それぞれにどんな代償が伴うか。',
  'Not yet: the median is {median}.': '未達成。中央値は{median}。',

  // otherlanguage.ts
  'The other language of this page cannot be read: its part of the file is damaged, or this browser is too old.':
    'このページのもう一つの言語版を読み込めない。ファイルの該当部分が破損しているか、ブラウザーが古い。',
} as const satisfies Record<string, string>;
