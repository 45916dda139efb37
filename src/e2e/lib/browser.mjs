import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from './world.mjs';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** The installed Chromium with an empty profile; every page that it opens has its requests and its complaints noted. */
export class Browser {
  #folder = mkdtempSync(path.join(tmpdir(), 'mcp-access-chromium-'));

  /** @param options of Playwright's browser context: `colorScheme`, `viewport` and so on */
  static async open(options = {}) {
    if (!existsSync(PROGRAM)) {
      throw new Error(`There is no ${PROGRAM}: apt-get install chromium, or set CHROMIUM`);
    }
    const browser = new Browser();
    browser.context = await chromium.launchPersistentContext(browser.#folder, {
      ...{ executablePath: PROGRAM, args: ARGUMENTS, timeout: 60_000 },
      ...{ viewport: { width: 900, height: 800 }, locale: 'en-GB', ...options },
    });
    browser.context.setDefaultTimeout(20_000);
    browser.version = browser.context.browser()?.version() ?? (await versionOf(browser.context));
    return browser;
  }

  async page() {
    const page = await this.context.newPage();
    page.complaints = [];
    page.hosts = new Set();
    page.on('console', (message) => {
      // Chromium asks for the server's icon by itself; AM has none.
      if (['error', 'warning'].includes(message.type()) && !message.location().url.endsWith('/favicon.ico')) {
        page.complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => page.complaints.push(error.message));
    page.on('request', (request) => page.hosts.add(new URL(request.url()).host));
    return page;
  }

  async close() {
    await this.context?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function versionOf(context) {
  const page = await context.newPage();
  const agent = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return /Chrome\/([\d.]+)/.exec(agent)[1];
}

/** A person at a real browser: `consent` deals with the consent page, `signIn` with the login page. */
export class BrowserPerson {
  constructor(page, username, password, consent, signIn = signInByMouse) {
    Object.assign(this, { page, username, password, consent, signIn });
  }

  async authorize(start, redirectUri) {
    const { page } = this;
    await page.goto(start.href);
    for (let pages = 0; pages < 4; pages++) {
      const place = page.url();
      if (place.startsWith(redirectUri)) {
        return new URL(place);
      }
      const onPage = new URL(place).pathname.endsWith('/login') ? this.signIn : this.consent;
      await onPage(page, this);
      await page.waitForURL((url) => url.href !== place);
    }
    throw new Error(`The browser does not come back to the application; it shows ${page.url()}`);
  }
}

async function signInByMouse(page, { username, password }) {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Without the mouse: the cursor stands in the first field. */
export async function signInByKeyboard(page, { username, password }) {
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

/** Presses Tab until the control of this name has the focus. */
export async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) && (await focused.textContent()).trim() === name) {
      return focused;
    }
  }
  throw new Error(`Tab never comes to '${name}'`);
}

/** The application's own page, where AM sends the browser back to. */
export function callbackServer(port) {
  const server = createServer((request, response) => response.setHeader('content-type', 'text/html').end('<title>Back</title>'));
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

/** Whether the page is wider than its window. */
export function scrollsSideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** How light the page's background is, from 0 to 255. */
export async function lightness(page) {
  const color = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [red, green, blue] = /(\d+), (\d+), (\d+)/.exec(color).slice(1).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Keeps a picture for the documentation, when the run is told to. */
export async function picture(page, name, { fullPage = true } = {}) {
  if (process.env.E2E_UPDATE) {
    await page.screenshot({ path: path.join(ROOT, 'docs/images', `${name}.png`), fullPage });
  }
}
