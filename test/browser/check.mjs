/* The pages of checks in a real browser:
 *
 *     node check.mjs FOLDER [SHOTS]
 *
 * FOLDER holds NAME.ja.html and NAME.en.html as `mimamori check --html` writes them. Prints TAP. With SHOTS, saves how they
 * look at 390 and 1280 pixels, light and dark, and on paper. */
import { finish, launch, ok } from './browser.mjs';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function open(browser, file, look = {}) {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 900 }, colorScheme: look.dark ? 'dark' : 'light', bypassCSP: look.bypass ?? false,
  });
  const page = await context.newPage();
  const told = [];
  const address = pathToFileURL(resolve(folder, file)).href;
  page.on('request', (request) => request.url() !== address && told.push(request.url()));
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(String(error)));
  await page.goto(address);
  return { context, page, told };
}

async function standsAlone(browser, file) {
  const { context, page, told } = await open(browser, file);
  const strange = await page.evaluate(() => ({
    scripts: document.scripts.length,
    loads: document.querySelectorAll('img, iframe, object, embed, link, form, [src]').length,
    language: document.documentElement.lang,
    headings: [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1])),
    bare: [...document.querySelectorAll('table')].filter((table) => !table.caption?.textContent.trim()).length,
    loose: [...document.querySelectorAll('th')].filter((cell) => !cell.scope).length,
    marks: [...document.querySelectorAll('.mark')].filter((mark) => !mark.ariaHidden || !mark.parentElement.textContent.replace(mark.textContent, '').trim()).length,
  }));
  ok(told.length === 0, `${file}: asks nothing of anybody, and its own policy holds`, told.join('\n'));
  ok(strange.scripts === 0 && strange.loads === 0, `${file}: has no scripts and loads nothing`, JSON.stringify(strange));
  ok(strange.language === file.split('.').at(-2), `${file}: says its language`, strange.language);
  ok(strange.headings[0] === 1 && strange.headings.every((level, at) => at === 0 || level - strange.headings[at - 1] <= 1),
    `${file}: headings go down one level at a time`, strange.headings.join(' '));
  ok(strange.bare === 0 && strange.loose === 0, `${file}: tables have captions, and heads say what they head`, JSON.stringify(strange));
  ok(strange.marks === 0, `${file}: no mark stands without its words`, strange.marks);
  await context.close();
}

/* What is folded is looked at, too. */
async function unfold(page) {
  for (const summary of await page.locator('details:not([open]) > summary').all())
    await summary.click();
}

async function isAccessible(browser, file) {
  for (const look of [{}, { dark: true }, { width: 320 }]) {
    const { context, page } = await open(browser, file, { ...look, bypass: true });
    await unfold(page);
    const found = await page.evaluate(`${axe}; axe.run(document, {runOnly: ${JSON.stringify(rules)}})
      .then((result) => result.violations.map((one) => one.id + ' ' + one.nodes[0].html + ' ' + one.nodes[0].failureSummary))`);
    ok(found.length === 0, `${file}: axe finds nothing, ${JSON.stringify(look)}`, found.join('\n'));
    await context.close();
  }
}

async function fitsPhone(browser, file) {
  const { context, page } = await open(browser, file, { width: 320 });
  await unfold(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  ok(over <= 0, `${file}: nothing scrolls sideways at 320 pixels`, `${over} px`);
  const hidden = await page.evaluate(() => [...document.querySelectorAll('td:not(:empty), tbody th')]
    .filter((cell) => cell.getBoundingClientRect().right > innerWidth + 1 || cell.getBoundingClientRect().width < 8).length);
  ok(hidden === 0, `${file}: every cell is on the phone`, hidden);
  await context.close();
}

async function byKeyboard(browser, file) {
  const { context, page } = await open(browser, file);
  await page.keyboard.press('Tab');
  ok(await page.evaluate(() => document.activeElement.className) === 'skip', `${file}: the first key leads past the head`);
  const folds = await page.locator('details').count();
  for (let i = 0; i < folds; i++) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  ok(await page.locator('details[open]').count() === folds, `${file}: what is folded opens by the keyboard`);
  await context.close();
}

async function printsWell(browser, file) {
  const { context, page } = await open(browser, file, { dark: true });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const folded = await page.locator('details:visible').count();
  ok(light === 'rgb(255, 255, 255)' && folded === 0, `${file}: paper is white, and what is folded is left out`, light);
  if (shots)
    await page.pdf({ path: `${shots}/${basename(file, '.html')}.pdf`, preferCSSPageSize: true, printBackground: true });
  await context.close();
}

async function shoot(browser, file) {
  mkdirSync(shots, { recursive: true });
  for (const width of [390, 1280])
    for (const dark of [false, true]) {
      const { context, page } = await open(browser, file, { width, dark });
      await page.screenshot({ path: `${shots}/${basename(file, '.html')}-${width}-${dark ? 'dark' : 'light'}.png`, fullPage: true });
      await context.close();
    }
}

const browser = await launch();
const files = readdirSync(folder).filter((file) => file.endsWith('.html')).sort();
ok(files.length > 0, 'there are pages');
try {
  for (const file of files) {
    await standsAlone(browser, file);
    await isAccessible(browser, file);
    await fitsPhone(browser, file);
    await byKeyboard(browser, file);
    if (shots)
      await shoot(browser, file);
    await printsWell(browser, file);
  }
} finally {
  await browser.close();
}
finish();
