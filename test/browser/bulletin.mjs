/* The bulletin in a real browser:
 *
 *     node bulletin.mjs FOLDER-JA FOLDER-EN [SHOTS]
 *
 * FOLDER-JA and FOLDER-EN are bulletins as `mimamori bulletin` writes them. Prints TAP. With SHOTS, saves how they look
 * at 390 and 1280 pixels, light and dark. */
import { finish, launch, ok } from './browser.mjs';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folderJa, folderEn, shots] = process.argv.slice(2);
const folders = { ja: folderJa, en: folderEn };
const widths = [390, 1280];
async function open(browser, language, look) {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 900 }, colorScheme: look.dark ? 'dark' : 'light',
    javaScriptEnabled: look.scripts ?? true, reducedMotion: look.still ? 'reduce' : 'no-preference', locale: language,
  });
  const page = await context.newPage();
  const told = { requests: [], messages: [] };
  const address = pathToFileURL(resolve(folders[language], 'index.html')).href;
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:'))
      told.requests.push(request.url());
  });
  page.on('console', (message) => told.messages.push(message.text()));
  page.on('pageerror', (error) => told.messages.push(String(error)));
  await page.goto(address);
  return { context, page, told };
}

/* Walks down the page so that every figure comes alive. */
async function readThrough(page) {
  const figures = await page.locator('figure').all();
  for (const figure of figures) {
    await figure.scrollIntoViewIfNeeded();
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(700);
  return figures.length;
}

async function quietAndAlive(browser, language) {
  const { context, page, told } = await open(browser, language, {});
  await readThrough(page);
  const charts = await page.evaluate(() => JSON.parse(document.getElementById('figures').textContent).length);
  const alive = await page.locator('figure.alive .live svg').count();
  ok(charts > 0 && alive === charts, `${language}: every chart comes alive`, `${alive} of ${charts}`);
  ok(told.requests.length === 0, `${language}: the page asks nothing of anybody`, told.requests.join('\n'));
  ok(told.messages.length === 0, `${language}: the console is silent, the content security policy holds`,
    told.messages.join('\n'));
  await context.close();
}

async function policyBites(browser) {
  const { context, page, told } = await open(browser, 'ja', {});
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.strange = true';
    document.body.append(script);
    const image = new Image();
    image.src = 'http://localhost:9/strange.png';
    document.body.append(image);
  });
  await page.waitForTimeout(200);
  ok(await page.evaluate(() => window.strange) === undefined, 'a strange script does not run');
  ok(told.messages.some((message) => /content security policy/i.test(message)), 'a strange image is not loaded',
    told.messages.join('\n'));
  await context.close();
}

async function tipTells(browser, language) {
  const { context, page } = await open(browser, language, {});
  const figure = page.locator('figure[id="figure-2-1"]');
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('.live svg').waitFor();
  await page.waitForTimeout(700);
  const box = await figure.locator('.live').boundingBox();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.6);
  await page.waitForTimeout(400);
  const words = await figure.locator('.tip').first().innerText().catch(() => '');
  ok(/\d/.test(words), `${language}: pointing at a figure tells its numbers`, words);
  await context.close();
}

async function fitsPhone(browser, language) {
  const { context, page } = await open(browser, language, { width: 390 });
  await readThrough(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  ok(over <= 0, `${language}: nothing reaches past the side of a phone`, `${over} px`);
  const small = await page.evaluate(() => [...document.querySelectorAll('figure svg text')]
    .filter((text) => text.checkVisibility())
    .map((text) => text.getBoundingClientRect().height).filter((height) => height > 0 && height < 10).length);
  ok(small === 0, `${language}: the text of figures can be read on a phone`, `${small} texts are too small`);
  await context.close();
}

async function withoutScripts(browser, language) {
  for (const width of widths) {
    const { context, page } = await open(browser, language, { scripts: false, width });
    const shown = await page.locator('figure').count();
    const drawings = await page.locator('figure .drawing:visible svg[role=img]').count();
    ok(shown > 0 && drawings === shown, `${language}: without scripts every figure is drawn, at ${width} px`,
      `${drawings} of ${shown}`);
    await context.close();
  }
}

async function byKeyboard(browser, language) {
  const { context, page } = await open(browser, language, { width: 390 });
  const reached = { skip: false, tables: 0, outlines: 0, details: 0 };
  const tables = await page.locator('main .table:visible').count();
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      return { name: element.className, tag: element.tagName, outline: getComputedStyle(element).outlineStyle };
    });
    if (i === 0)
      reached.skip = at.name === 'skip';
    reached.tables += /^table\b/.test(at.name);
    reached.details += at.tag === 'SUMMARY';
    reached.outlines += (/^table\b/.test(at.name) || at.tag === 'SUMMARY') && at.outline !== 'none';
    if (at.tag === 'BODY')
      break;
  }
  ok(reached.skip, `${language}: the first key leads past the head`);
  ok(tables > 0 && reached.tables === tables, `${language}: every table is reached by the keyboard`,
    `${reached.tables} of ${tables}`);
  ok(reached.details > 0 && reached.outlines === reached.tables + reached.details,
    `${language}: what has the focus can be seen`, JSON.stringify(reached));
  await context.close();
}

/* WCAG 2.2, 1.4.3: 4.5 to 1 for text. */
const contrasts = () => {
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => colour.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1)
        return colour;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const element of document.querySelectorAll('body *')) {
    const svg = element.tagName === 'text';
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own || !element.checkVisibility() || ['SCRIPT', 'STYLE', 'title', 'desc'].includes(element.tagName))
      continue;
    if (svg && element.closest('.still'))
      continue;
    const style = getComputedStyle(element);
    const one = light(parse(svg ? style.fill : style.color)), other = light(behind(element));
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5)
      bad.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${element.textContent.trim().slice(0, 30)}`);
  }
  return bad;
};

async function canBeRead(browser, dark) {
  for (const scripts of [true, false]) {
    const { context, page } = await open(browser, 'ja', { dark, scripts, still: true });
    if (scripts)
      await readThrough(page);
    const bad = await page.evaluate(contrasts);
    ok(bad.length === 0, `in the ${dark ? 'dark' : 'light'}, ${scripts ? 'alive' : 'static'}, all text stands out from what is behind it`,
      bad.slice(0, 10).join('\n'));
    await context.close();
  }
}

async function said(browser, language) {
  const { context, page } = await open(browser, language, {});
  const found = await page.evaluate(() => ({
    language: document.documentElement.lang,
    unnamed: [...document.querySelectorAll('svg[role=img]')].filter((svg) =>
      !svg.getAttribute('aria-labelledby')?.split(' ').every((id) => svg.querySelector(`[id="${id}"]`)?.textContent)).length,
    loose: [...document.querySelectorAll('th')].filter((cell) => !cell.scope).length,
    bare: [...document.querySelectorAll('table')].filter((table) => !table.caption).length,
    twice: (() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      return ids.filter((id, at) => ids.indexOf(id) !== at);
    })(),
    headings: [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1])),
  }));
  ok(found.language === language, `${language}: the page says its language`);
  ok(found.unnamed === 0, `${language}: every drawing has a title and a description`, found.unnamed);
  ok(found.loose === 0 && found.bare === 0, `${language}: tables have captions, and their heads say what they head`);
  ok(found.twice.length === 0, `${language}: no id stands twice`, found.twice.join(' '));
  ok(found.headings[0] === 1 && found.headings.every((level, at) => at === 0 || level - found.headings[at - 1] <= 1),
    `${language}: headings go down one level at a time`, found.headings.join(' '));
  await context.close();
}

async function shoot(browser) {
  mkdirSync(shots, { recursive: true });
  for (const language of ['ja', 'en'])
    for (const width of widths)
      for (const dark of [false, true]) {
        const { context, page } = await open(browser, language, { width, dark, still: true });
        await readThrough(page);
        await page.evaluate(() => window.scrollTo(0, 0));
        await page.screenshot({ path: `${shots}/${language}-${width}-${dark ? 'dark' : 'light'}.png`, fullPage: true });
        await context.close();
      }
}

const browser = await launch();
try {
  for (const language of ['ja', 'en']) {
    await quietAndAlive(browser, language);
    await tipTells(browser, language);
    await fitsPhone(browser, language);
    await withoutScripts(browser, language);
    await byKeyboard(browser, language);
    await said(browser, language);
  }
  await policyBites(browser);
  await canBeRead(browser, false);
  await canBeRead(browser, true);
  if (shots)
    await shoot(browser);
} finally {
  await browser.close();
}
finish();
