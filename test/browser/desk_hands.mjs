/* Two ways to use a page, with the same words: by mouse, and by the keyboard alone (nothing is clicked, nothing is reached but
 * by Tab). A control is named by its name and, where it has one, its value, so that both languages are the same to a test. */

const css = (name, value) => `[name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`;

/* A choice of many is a list, of few are buttons or boxes. */
const isList = async (page, name) => (await page.locator(`main select${css(name)}`).count()) > 0;

export function mouse(page) {
  const visible = (selector) => page.locator(`main ${selector}:not([type=hidden]):not([aria-hidden])`).first();
  return {
    page,
    way: 'mouse',
    fill: (name, value) => visible(css(name)).fill(value),
    async choose(name, value) {
      if (await isList(page, name))
        return visible(`select${css(name)}`).selectOption(value);
      return visible(css(name, value)).check();
    },
    attach: (name, files) => visible(css(name)).setInputFiles(files),
    async press(selector) {
      await Promise.all([page.waitForEvent('load'), visible(selector).click()]);
    },
  };
}

export function keys(page) {
  /* Tab until the focus is on what is wanted; a whole round without it means that the keyboard cannot reach it. */
  async function reach(selector) {
    for (let i = 0; i < 250; i++) {
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), `main ${selector}`))
        return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
  }
  async function arrow(name, wanted) {
    const value = () => page.evaluate(() => document.activeElement.value);
    for (let i = 0; i < 60 && (await value()) !== wanted; i++)
      await page.keyboard.press('ArrowDown');
    if ((await value()) !== wanted)
      throw new Error(`the keyboard does not choose ${wanted} in ${name}`);
  }
  page.on('filechooser', () => {}); /* who waits for the first one only when it comes may be too late */
  return {
    page,
    way: 'keyboard',
    async fill(name, text) {
      await reach(css(name));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
    async choose(name, wanted) {
      if (await isList(page, name)) {
        await reach(`select${css(name)}`);
        await page.keyboard.press('Home');
        return arrow(name, wanted);
      }
      const one = (await page.locator(`main ${css(name, wanted)}`).first().getAttribute('type')) === 'radio';
      await reach(one ? css(name) : css(name, wanted));
      await page.keyboard.press('Space');
      return one ? arrow(name, wanted) : undefined;
    },
    async attach(name, files) {
      await reach(css(name));
      const chosen = page.waitForEvent('filechooser');
      await page.keyboard.press('Space');
      const chooser = await chosen;
      await chooser.setFiles(files);
    },
    async press(selector) {
      await reach(selector);
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    },
  };
}
