/* The desk as people use it, in both languages:
 *
 *     node desk.mjs ORIGIN FOLDER [SHOTS]
 *
 * A desk listens at ORIGIN; FOLDER holds its `ledger`, `mail` (a Maildir it watches), `sent` (what its sendmail was given) and
 * `invitation` (of `hana`, who may do everything). $MIMAMORI is the face. Prints TAP. With SHOTS, saves how each page looks at 390
 * and 1280 pixels, light and dark. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { finish, launch, ok } from './browser.mjs';
import { keys, mouse } from './desk_hands.mjs';
import { freshCode } from './desk_sign.mjs';

const [origin, folder, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const password = 'correct horse 電池 staple';
const zone = 'Asia/Tokyo';
const today = new Date().toLocaleDateString('sv-SE', { timeZone: zone });
const month = today.slice(0, 7);
const browser = await launch();
let secret;

/* --- looking at a page -------------------------------------------------------------------------------------------- */

/* axe needs scripts: a page of a visitor without them is looked at as a copy. */
const silent = new WeakSet();
let mirror;
async function copy(page) {
  const html = await page.content(), address = page.url();
  mirror ??= await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await mirror.setViewportSize(page.viewportSize());
  await mirror.unrouteAll();
  await mirror.route(address, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await mirror.goto(address);
  return mirror;
}

const looked = new Set();
async function look(shown, name) {
  const language = await shown.locator('html').getAttribute('lang');
  const key = `${language}-${name}`;
  if (looked.has(key))
    return;
  looked.add(key);
  const page = silent.has(shown) ? await copy(shown) : shown;
  const found = await page.evaluate(`${axe}; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
    .then((told) => told.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(', ')))`);
  ok(found.length === 0, `${language}: axe finds nothing at ${name}`, found.join('\n'));
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  ok(over <= 0, `${language}: ${name} fits a telephone of 320 pixels`, `${over} px too wide`);
  if (shots)
    await shoot(page, `${shots}/${key}`);
  await page.setViewportSize(size);
}

async function shoot(page, path) {
  mkdirSync(shots, { recursive: true });
  for (const width of [390, 1280])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${path}-${width}-${colorScheme}.png`, fullPage: true });
    }
  await page.emulateMedia({ colorScheme: 'light' });
}

const text = (page, selector = 'main') => page.locator(selector).first().innerText();

let latest; /* the page that was opened last: told of where a story breaks off */
async function visitor(language, { scripts = true, way = mouse } = {}) {
  const context = await browser.newContext({ locale: language === 'ja' ? 'ja-JP' : 'en-GB', javaScriptEnabled: scripts,
    viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  if (!scripts)
    silent.add(page);
  const complaints = [];
  page.on('console', (message) => complaints.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      complaints.push(`asks ${request.url()}`);
  });
  latest = page;
  return { ...way(page), context, language, complaints, go: (path) => page.goto(`${origin}/${language}${path}`) };
}

/* --- the public --------------------------------------------------------------------------------------------------- */

const words = {
  ja: {
    happened: 'パソコンの動きが急に遅くなり、見たことのない窓が出ます。', name: '見本 花子', more: '昨日もう一台で見つかりました。',
    answer: '感染したパソコンをネットワークから切り離してください。', note: '同じ会社から三件目', wanted: '窓が',
  },
  en: {
    happened: 'The computer became slow and strange windows open.', name: 'Sample Reporter', more: 'Another one was found yesterday.',
    answer: 'Please take the infected computer off the network.', note: 'third of this company', wanted: 'strange',
  },
};

/* From the first page to the receipt; `steps` is what is filled in, page by page. */
async function tell(who, path, steps, attachments = []) {
  await who.go(path);
  await look(who.page, `${path.slice(1).replace('/', '-')}-1`);
  let at = 1;
  for (const step of steps) {
    for (const [how, name, value] of step)
      await who[how](name, value);
    await who.press('button[name=go][value=next]');
    at += 1;
    await look(who.page, `${path.slice(1).replace('/', '-')}-${at}`);
  }
  if (attachments.length > 0)
    await who.attach('attachments', attachments);
  await who.press('button[name=go][value=send]');
  await look(who.page, 'received');
  return (await text(who.page, '.receipt')).replace(/\s+/g, ' ').trim();
}

async function openReceipt(who, receipt) {
  await who.go('/receipt');
  await look(who.page, 'receipt-ask');
  await who.fill('receipt', receipt);
  await who.press('form[action$="/receipt"] button');
  return text(who.page);
}

const virus = (language, name) => [
  [['choose', 'found', 'infected'], ['fill', 'virus_name', name], ['fill', 'symptoms', words[language].happened],
    ['fill', 'detected_on', today], ['fill', 'detections', '3']],
  [['choose', 'place', 'pc'], ['choose', 'connected', 'yes'], ['fill', 'software_name', 'Example Antivirus']],
  [['choose', 'route', 'mail'], ['fill', 'damage', language === 'ja' ? '一台が感染' : 'one computer is infected']],
  [['fill', 'name', words[language].name], ['fill', 'email', `reporter-${language}@example.jp`]],
];

async function refusesAnEmptyReport(who) {
  await who.go('/report/malware');
  await who.fill('virus_name', 'W32/Kept');
  await who.press('button[name=go][value=next]');
  const kept = await who.page.locator('[name=virus_name]').inputValue();
  const invalid = await who.page.locator('[name=detected_on][aria-invalid=true]').count();
  ok(kept === 'W32/Kept' && invalid === 1, `${who.language}: what is missing is said at its field, and nothing typed is lost`);
  await look(who.page, 'report-malware-problem');
}

/* --- the staff ---------------------------------------------------------------------------------------------------- */

async function enrol(who) {
  await who.go('/staff/enrol');
  await look(who.page, 'enrol');
  await who.fill('user', 'hana');
  await who.fill('invitation', readFileSync(`${folder}/invitation`, 'utf8').trim());
  await who.press('form button');
  await look(who.page, 'enrol-finish');
  secret = (await text(who.page, 'code.key')).replace(/\s/g, '');
  const picture = await who.page.locator('img.qr').evaluate((image) => image.complete && image.naturalWidth > 0);
  ok(picture, `${who.language}: the picture for the telephone is drawn`);
  await who.fill('new_password', password);
  await who.fill('again', password);
  await who.fill('code', await freshCode(secret));
  await who.press('form[action$="/finish"] button');
  ok(/sign-in/.test(who.page.url()) || /\/staff/.test(who.page.url()), `${who.language}: enrolled with a one-time code`, await text(who.page));
}

async function signIn(who, code) {
  await who.go('/staff/sign-in');
  await look(who.page, 'sign-in');
  await who.fill('user', 'hana');
  await who.fill('password', password);
  await who.fill('code', code ?? await freshCode(secret));
  await who.press('form[action$="/sign-in"] button');
  return !/sign-in/.test(who.page.url()) && (await who.page.locator('nav.tabs').count()) === 1;
}

/* One of the staff, with the session that stays open: a code works once, so that each sign-in costs half a minute. */
let session;
async function clerk(language, how) {
  const who = await visitor(language, how);
  await who.context.addCookies(session);
  await who.go('/staff');
  return who;
}

async function aCodeWorksOnce(language) {
  const code = await freshCode(secret);
  const first = await visitor(language), second = await visitor(language);
  ok(await signIn(first, code), `${language}: a code signs in`);
  session = await first.context.cookies();
  ok(!(await signIn(second, code)), `${language}: the same code does not sign in again`);
  await look(second.page, 'sign-in-refused');
  await first.context.close();
  await second.context.close();
}

/* The case whose title holds `title`: its number. */
async function findInQueue(staff, title) {
  await staff.go('/staff');
  await look(staff.page, 'queue');
  const link = staff.page.locator('ol.queue a', { hasText: title }).first();
  return Number((await link.locator('.number').innerText()).replace(/\D/g, ''));
}

async function openCase(staff, number) {
  await staff.go(`/staff/case/${number}`);
  return text(staff.page);
}

async function classifyVirus(staff, number, name) {
  await openCase(staff, number);
  await staff.press(`a[href$="/case/${number}/class"]`);
  await look(staff.page, 'class-malware');
  await staff.fill('name_1', name);
  await staff.choose('kind_1', 'virus');
  await staff.fill('detected_on_1', today);
  await staff.press('button[name=press][value=save]');
}

async function answer(staff, number, words) {
  await openCase(staff, number);
  await staff.fill('text', words);
  await staff.press('button[name=press][value=answer]');
}

/* --- what the month says ------------------------------------------------------------------------------------------ */

const mimamori = (...given) => execFileSync(process.env.MIMAMORI, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
let bulletins = 0;
function figures() {
  const out = `${folder}/bulletin-${bulletins++}`;
  mimamori('bulletin', month, '--ledger', `${folder}/ledger`, '--out', out);
  return JSON.parse(readFileSync(`${out}/figures.json`, 'utf8'));
}
const thisMonth = (row) => row[row.length - 1];

/* --- the stories -------------------------------------------------------------------------------------------------- */

/* A report of a virus, from the first page to the bulletin. */
async function virusStory(language, way, scripts) {
  const how = `${language}, ${way === keys ? 'by keyboard' : 'by mouse'}, scripts ${scripts ? 'on' : 'off'}`;
  const name = `W32/Story-${language}-${way === keys ? 'k' : 'm'}`;
  const before = figures().virus;
  const reporter = await visitor(language, { scripts, way });
  await refusesAnEmptyReport(reporter);
  const receipt = await tell(reporter, '/report/malware', virus(language, name),
    [{ name: 'screen<b>.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') }]);
  ok(/^([0-9A-Z]{4}[- ]){6}[0-9A-Z]{4}$/.test(receipt), `${how}: a receipt of seven groups is shown`, receipt);

  const staff = await visitor(language, { scripts, way });
  ok(await signIn(staff), `${how}: signs in with a one-time code`, await text(staff.page));
  const number = await findInQueue(staff, name);
  const told = await openCase(staff, number);
  await look(staff.page, 'case');
  ok(told.includes(words[language].happened) && told.includes(`reporter-${language}@example.jp`), `${how}: staff read what was told`);
  await attachmentIsOnlySaved(staff, number, how);
  await classifyVirus(staff, number, name);
  await answer(staff, number, words[language].answer);
  await look(staff.page, 'case-answered');

  const read = await openReceipt(reporter, receipt);
  await look(reporter.page, 'receipt');
  ok(read.includes(words[language].answer), `${how}: the reporter reads the answer`, read);
  await reporter.fill('text', words[language].more);
  await reporter.press('form[action$="/receipt/add"] button');
  ok((await openCase(staff, number)).includes(words[language].more), `${how}: staff read what the reporter added`);

  const after = figures().virus;
  const row = after.by_name.find((one) => one.name === name);
  ok(after.reports === before.reports + 1 && after.detections === before.detections + 3, `${how}: figures.json counts one report and three detections`,
    JSON.stringify([before, after]));
  ok(row !== undefined && thisMonth(row.detections) === 3, `${how}: figures.json names the virus`, JSON.stringify(row));
  ok(reporter.complaints.length + staff.complaints.length === 0, `${how}: the console is silent and nobody else is asked`,
    [...reporter.complaints, ...staff.complaints].join('\n'));
  await reporter.context.close();
  await staff.context.close();
}

async function attachmentIsOnlySaved(staff, number, how) {
  const link = staff.page.locator('ul.files a').first();
  const response = await staff.context.request.get(new URL(await link.getAttribute('href'), origin).href);
  const headers = response.headers();
  ok(/^attachment/.test(headers['content-disposition']) && !/html/.test(headers['content-type']) && headers['x-content-type-options'] === 'nosniff' &&
    (await response.text()).includes('alert(1)'), `${how}: the attachment is saved, never shown`, JSON.stringify(headers));
}

async function accessStory(language) {
  const before = thisMonth(figures().access.reports.harm);
  const reporter = await visitor(language, { scripts: false });
  const receipt = await tell(reporter, '/report/access', [
    [['fill', 'detected_on', today], ['fill', 'what', words[language].happened], ['choose', 'harm', 'yes'], ['choose', 'category', 'intrusion']],
    [['choose', 'device', 'web-server']], [['choose', 'cause', 'password']],
    [['fill', 'organisation', language === 'ja' ? '見本大学' : 'Example University']],
  ]);
  const staff = await clerk(language);
  await staff.go('/staff?kind=access');
  await staff.press('ol.queue a');
  const number = Number(staff.page.url().match(/case\/(\d+)/)[1]);
  await staff.press('a[href$="/class"]');
  await look(staff.page, 'class-access');
  for (const [field, value] of [['harm', 'yes'], ['category', 'intrusion'], ['cause', 'password']])
    await staff.choose(field, value);
  await staff.press('form[action*="/class/"] button[type=submit]');
  ok(thisMonth(figures().access.reports.harm) === before + 1, `${language}: a report of unauthorised access is counted with harm`, await text(staff.page));
  await withdraw(reporter, receipt, staff, number);
  ok(thisMonth(figures().access.reports.harm) === before, `${language}: what the reporter takes back is counted no more`);
  await reporter.context.close();
  await staff.context.close();
}

async function withdraw(reporter, receipt, staff, number) {
  await openReceipt(reporter, receipt);
  await reporter.press('form[action$="/receipt/withdraw"] button');
  await look(reporter.page, 'receipt-withdraw');
  await reporter.press('form[action$="/receipt/withdraw"] button');
  await openCase(staff, number);
}

/* A question; the staff answer it with a template, find it by two characters, and see that it is a report as well. */
async function consultationStory(language) {
  const before = figures();
  const asker = await visitor(language);
  const receipt = await tell(asker, '/ask', [
    [['choose', 'topic', 'one-click'], ['fill', 'what', language === 'ja' ? '請求の画面が消えません。' : 'A bill stays on my screen.']], [], [],
  ]);
  const staff = await clerk(language, { scripts: false });
  await staff.go('/staff/templates');
  await look(staff.page, 'templates');
  await staff.fill('title', `one-click ${language}`);
  await staff.choose('language', language);
  await staff.fill('body', words[language].answer);
  await staff.press('form[action$="/templates"] button');

  await staff.go('/staff');
  await staff.fill('words', language === 'ja' ? '請求' : 'bill');
  await staff.press('form[action$="/search"] button');
  await look(staff.page, 'search');
  const rows = await staff.page.locator('ol.queue a').count();
  ok(rows >= 1, `${language}: a search ${language === 'ja' ? 'for two characters' : 'for a word'} finds the question`, await text(staff.page));
  await staff.press('ol.queue a');
  const number = Number(staff.page.url().match(/case\/(\d+)/)[1]);
  await staff.page.locator('select[name=template]').selectOption({ label: `one-click ${language}` });
  await staff.press('button[name=press][value=use]');
  ok((await staff.page.locator('textarea[name=text]').inputValue()).includes(words[language].answer), `${language}: a template fills the answer, without scripts`);
  await staff.press('button[name=press][value=answer]');
  ok((await openReceipt(asker, receipt)).includes(words[language].answer), `${language}: the asker reads the answer`);

  await openCase(staff, number);
  await staff.press('a[href$="/class"]');
  await look(staff.page, 'class-consultation');
  await staff.press('form[action*="/class/"] button[type=submit]');
  await openCase(staff, number);
  await staff.press('form[action$="/report"] button[value=malware]');
  const linked = Number(staff.page.url().match(/case\/(\d+)/)[1]);
  await classifyVirus(staff, linked, `W32/Linked-${language}`);
  const after = figures();
  ok(thisMonth(after.consultations.total) === thisMonth(before.consultations.total) + 1 && after.virus.reports === before.virus.reports + 1,
    `${language}: a consultation that is also a report counts as both`, JSON.stringify([before.consultations, after.consultations, before.virus.reports, after.virus.reports]));
  await mergeAndBack(staff, language, linked);
  await asker.context.close();
  await staff.context.close();
}

async function mergeAndBack(staff, language, into) {
  const reports = figures().virus.reports;
  const reporter = await visitor(language);
  await tell(reporter, '/report/malware', [[['fill', 'detected_on', today], ['fill', 'virus_name', `W32/Twice-${language}`]], [], [], []]);
  const number = await findInQueue(staff, `W32/Twice-${language}`);
  await classifyVirus(staff, number, `W32/Twice-${language}`);
  ok(figures().virus.reports === reports + 1, `${language}: a second case counts`);
  await openCase(staff, number);
  await staff.page.locator('summary').last().click();
  await staff.fill('case', String(into));
  await staff.press('button[formaction$="/merge"]');
  ok(figures().virus.reports === reports, `${language}: merged, it does not count twice`);
  await openCase(staff, number);
  await look(staff.page, 'case-merged');
  await staff.press('form[action$="/unmerge"] button');
  ok(figures().virus.reports === reports + 1, `${language}: a merge can be undone`);
  await openCase(staff, number);
  await staff.press('a[href$="/erase"]');
  await look(staff.page, 'erase');
  await staff.page.locator('main form[action$="/erase"] input[type=checkbox]').check();
  await staff.press('form[action$="/erase"] button');
  const left = await openCase(staff, number);
  ok(!left.includes(today.replace(/-/g, '/')) && figures().virus.reports === reports + 1, `${language}: the person is erased, the count stays`);
  await look(staff.page, 'case-erased');
  await reporter.context.close();
}

/* What comes by telephone: typed in by the keyboard alone, and counted at once. */
async function telephoneStory(language) {
  const before = figures().consultations;
  const staff = await clerk(language, { scripts: false, way: keys });
  await staff.go('/staff/new');
  await look(staff.page, 'new');
  await staff.press('a[href$="/new/consultation/phone"]');
  await look(staff.page, 'new-consultation-phone');
  const started = Date.now();
  await staff.fill('what', language === 'ja' ? '電話での相談です。' : 'A question by telephone.');
  await staff.choose('topic', 'fake-antivirus');
  await staff.press('form.typing button[type=submit]');
  await look(staff.page, 'new-taken');
  ok(Date.now() - started < 60000, `${language}: a call is typed in by the keyboard in under a minute`);
  const after = figures().consultations;
  ok(thisMonth(after.phone) === thisMonth(before.phone) + 1, `${language}: a call counts under the telephone`, JSON.stringify(after));
  await staff.context.close();
}

async function manyStory(language) {
  const who = await visitor(language, { scripts: false });
  await who.go('/report/many');
  await look(who.page, 'many');
  const table = (days) => ({ name: 'viruses.csv', mimeType: 'text/csv',
    buffer: Buffer.from(`detected_on,name,kind,detections,route\r\n${days.map((day, at) => `${day},W32/Many-${at},virus,${at + 1},mail`).join('\r\n')}\r\n`) });
  await who.attach('table', [table([today, '2026-02-30'])]);
  await who.press('form[action$="/report/many"] button');
  ok((await text(who.page)).includes('2026-02-30') && (await who.page.locator('button[value=send]').count()) === 0, `${language}: the cell that does not hold is shown before anything is sent`, await text(who.page));
  await look(who.page, 'many-bad');
  await who.press('button[name=go][value=back]');
  await who.attach('table', [table([today, today])]);
  await who.press('form[action$="/report/many"] button');
  await look(who.page, 'many-good');
  await who.press('button[name=go][value=send]');
  const receipt = await text(who.page, '.receipt');
  ok(/[0-9A-Z]{4}/.test(receipt), `${language}: many reports have one receipt`);
  const before = figures().virus;
  const staff = await clerk(language);
  await staff.go('/staff?kind=malware');
  ok((await text(staff.page, 'ol.queue')).includes('W32/Many-0'), `${language}: the queue says what a table begins with`);
  await staff.press('ol.queue a');
  await staff.press('a[href$="/class"]');
  await look(staff.page, 'class-many');
  await staff.press('button[name=press][value=save]');
  const after = figures().virus;
  ok(after.reports === before.reports + 2 && after.detections === before.detections + 3, `${language}: the rows of a table are counted by one press`,
    await text(staff.page));
  await who.context.close();
  await staff.context.close();
}

/* --- mail --------------------------------------------------------------------------------------------------------- */

async function waitFor(what) {
  for (let i = 0; i < 100; i++) {
    const found = what();
    if (found !== undefined)
      return found;
    await new Promise((done) => setTimeout(done, 200));
  }
  return undefined;
}

const sentTo = (address) => readdirSync(`${folder}/sent`).map((name) => readFileSync(`${folder}/sent/${name}`, 'utf8'))
  .filter((mail) => mail.includes(address));
function deliver(name, lines) {
  writeFileSync(`${folder}/mail/tmp/${name}`, lines.join('\n'));
  renameSync(`${folder}/mail/tmp/${name}`, `${folder}/mail/new/${name}`);
}

const bodyOf = (mail) => {
  const at = mail.search(/\r?\n\r?\n/);
  const body = mail.slice(at).trim();
  return /^content-transfer-encoding: *base64/im.test(mail.slice(0, at)) ? Buffer.from(body, 'base64').toString('utf8')
    : body.replace(/=\r?\n/g, '').replace(/((=[0-9A-F]{2})+)/g, (run) => Buffer.from(run.replace(/=/g, ''), 'hex').toString('utf8'));
};

async function mailStory(language) {
  const address = `writer-${language}@example.jp`;
  const question = language === 'ja' ? '知らない会社から請求のメールが来ました。' : 'A company that I do not know sends me bills.';
  deliver(`1.${language}.example`, [`From: <${address}>`, 'To: desk@example.jp', `Subject: question ${language}`, `Message-ID: <${language}-1@example.jp>`,
    'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', question, '']);
  const thanks = await waitFor(() => sentTo(address)[0]);
  const receipt = thanks === undefined ? null : bodyOf(thanks).match(/([0-9A-Z]{4}-){6}[0-9A-Z]{4}/);
  ok(receipt !== null, `${language}: a mail is acknowledged with a receipt`, thanks ?? 'nothing was sent');
  ok(thanks !== undefined && bodyOf(thanks).includes(language === 'ja' ? '受付票' : 'receipt'), `${language}: the acknowledgement is in the writer's language`,
    thanks === undefined ? '' : bodyOf(thanks));
  const staff = await clerk(language);
  const number = await findInQueue(staff, `question ${language}`);
  await answer(staff, number, words[language].answer);
  const reply = await waitFor(() => sentTo(address).find((mail) => bodyOf(mail).includes(words[language].answer)));
  ok(reply !== undefined, `${language}: the answer goes out by mail`);
  const asker = await visitor(language);
  if (receipt !== null)
    ok((await openReceipt(asker, receipt[0])).includes(words[language].answer), `${language}: and stands under the receipt`);
  await asker.context.close();
  await staff.context.close();
}

/* --- the administrator -------------------------------------------------------------------------------------------- */

async function administratorStory(language) {
  const staff = await visitor(language);
  ok(await signIn(staff), `${language}: an administrator signs in`);
  const pages = ['people', 'deeds', 'inspect', 'account', 'account/password', 'account/code', 'names'];
  for (const page of pages) {
    const response = await staff.go(`/staff/${page}`);
    ok(response.status() === 200, `${language}: /staff/${page} opens`, response.status());
    await look(staff.page, page.replace('/', '-'));
  }
  await staff.go('/staff');
  await staff.page.locator('form[action$="/sign-out"] button').first().click();
  await staff.page.waitForLoadState();
  const after = await staff.go('/staff');
  ok(/sign-in/.test(staff.page.url()), `${language}: after signing out nothing of the staff opens`, after.status());
  await staff.context.close();
}

async function strangersSeeNothing(language) {
  const stranger = await visitor(language);
  for (const path of ['/staff', '/staff/case/1', '/staff/people', '/staff/deeds', '/staff/case/1/attachment/1']) {
    await stranger.go(path);
    ok(/sign-in/.test(stranger.page.url()), `${language}: ${path} asks a stranger to sign in`, stranger.page.url());
  }
  const nothing = await stranger.go('/nothing');
  ok(nothing.status() === 404, `${language}: what is not there is not found`);
  await look(stranger.page, 'not-found');
  await stranger.context.close();
}

/* ------------------------------------------------------------------------------------------------------------------ */

async function play(name, story) {
  try {
    await story();
  } catch (error) {
    ok(false, `${name} comes to its end`, `${error.stack}\n${latest?.url()}\n${await latest?.innerText('main').catch(() => '')}`);
  }
}

const only = process.env.STORY;
const stories = [];
for (const language of ['ja', 'en']) {
  const tellAll = async (path) => {
    const who = await visitor(language);
    await who.go(path);
    await look(who.page, path === '/' ? 'home' : path.slice(1));
    await who.context.close();
  };
  stories.push(
    [`${language} home`, () => tellAll('/')], [`${language} privacy`, () => tellAll('/privacy')],
    [`${language} strangers`, () => strangersSeeNothing(language)],
    [`${language} virus by mouse`, () => virusStory(language, mouse, true)],
    [`${language} virus by keyboard`, () => virusStory(language, keys, false)],
    [`${language} access`, () => accessStory(language)],
    [`${language} consultation`, () => consultationStory(language)],
    [`${language} telephone`, () => telephoneStory(language)],
    [`${language} many`, () => manyStory(language)],
    [`${language} mail`, () => mailStory(language)],
    [`${language} administrator`, () => administratorStory(language)],
  );
}
try {
  await play('enrolment', async () => {
    const who = await visitor('ja');
    await enrol(who);
    await who.context.close();
    await aCodeWorksOnce('en');
  });
  for (const [name, story] of stories)
    if (only === undefined || name.includes(only))
      await play(name, story);
} finally {
  await browser.close();
}
finish();
