import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Application } from '../lib/application.mjs';
import * as browsers from '../lib/browser.mjs';
import { Management } from '../lib/management.mjs';
import { note, world } from '../lib/report.mjs';
import { SDK_2 } from '../lib/sdks.mjs';

const DESK = { client_id: 'desk', client_secret: 'desk-secret' };
const PASSWORD = 'wonderland';
const NEW_TOOL = { type: 'MCP_TOOL', key: 'export_invoices', description: 'Send all invoices to a file', scopes: ['invoices:read'] };

const allow = (page) => page.getByRole('button', { name: 'Accept' }).click();
const refuse = (page) => page.getByRole('button', { name: 'Cancel' }).click();

describe('login and consent in Chromium', { timeout: 180_000 }, () => {
  let management;
  let callback;
  let browser;
  const applications = [];

  before(async () => {
    callback = await browsers.callbackServer(world.ports.callback);
    management = await Management.login('e2e');
    await management.addTuple('user:carol', 'assignee', 'role:accountant');
    await management.addTuple('user:dave', 'assignee', 'role:accountant');
  });

  after(async () => {
    await Promise.all(applications.map((each) => each.close()));
    await browser?.close();
    callback.closeAllConnections();
    callback.close();
  });

  const done = (what) => note('browser', 'Chromium', browser.version, what, 'works');

  /** An application whose user sits at a new browser; `consent` deals with the consent page. */
  async function application(username, consent, { signIn, ...options } = {}) {
    await browser?.close();
    browser = await browsers.Browser.open(options);
    const page = await browser.page();
    const person = new browsers.BrowserPerson(page, username, PASSWORD, consent, signIn);
    const app = new Application(SDK_2, person, { client: DESK });
    applications.push(app);
    return { app, page, person };
  }

  /** Nothing was complained about, and nobody else's server was asked. */
  function isClean(page) {
    assert.deepEqual(page.complaints, []);
    const known = [world.gateway, world.callback].map((url) => new URL(url).host);
    assert.deepEqual([...page.hosts].filter((host) => !known.includes(host)), []);
  }

  test('the consent page names application, tools and scopes, to a screen reader too; whoever refuses gives no token', async () => {
    const { app, page } = await application('carol', async (page) => {
      const spoken = await page.locator('main').ariaSnapshot();
      for (const name of ['Invoice desk', 'list_invoices', 'get_invoice', 'refund_invoice', 'void_invoice']) {
        assert.match(spoken, new RegExp(name));
      }
      for (const name of ['Read invoices', 'Refund invoices', 'Void invoices', 'button "Accept', 'button "Cancel']) {
        assert.match(spoken, new RegExp(name));
      }
      assert.equal(await browsers.scrollsSideways(page), false);
      assert.ok((await browsers.lightness(page)) > 200);
      await browsers.picture(page, 'consent-light');
      await refuse(page);
    });
    await assert.rejects(app.connect(), /access_denied/);
    assert.equal(app.provider.tokens(), undefined);
    isClean(page);
    done('login; the consent page names the application, its tools and scopes, in the accessibility tree too');
    done('refuse: `access_denied`, no token');
  });

  test('keyboard alone is enough, in the dark', async () => {
    const consent = async (page) => {
      assert.ok((await browsers.lightness(page)) < 60);
      await browsers.picture(page, 'consent-dark');
      const button = await browsers.tabTo(page, 'Accept');
      assert.notEqual(await button.evaluate((element) => getComputedStyle(element).outlineStyle), 'none');
      await page.keyboard.press('Enter');
    };
    const { app, page } = await application('carol', consent, { colorScheme: 'dark', signIn: browsers.signInByKeyboard });
    await app.connect();
    assert.deepEqual(await app.list(), ['get_invoice', 'list_invoices']);
    isClean(page);
    done('approve by keyboard alone, in dark colours: a token, and the tools that the user may call');
  });

  test('a phone shows the whole page without scrolling sideways', async () => {
    const consent = async (page) => {
      assert.equal(await browsers.scrollsSideways(page), false);
      const { height } = await page.getByRole('button', { name: 'Accept' }).boundingBox();
      assert.ok(height >= 44, `the button is ${height} px high`);
      await browsers.picture(page, 'consent-phone');
      await allow(page);
    };
    const { app, page } = await application('dave', consent, { viewport: { width: 360, height: 740 }, hasTouch: true });
    await app.connect();
    isClean(page);
    done('360 px wide: nothing is cut off, buttons of 44 px');
  });

  test('a tool that comes later is asked for again, and marked as new', async () => {
    const { app, page, person } = await application('dave', allow);
    await app.connect();
    assert.ok(!(await app.call('list_invoices')).isError);
    assert.equal(app.provider.seen.authorizations.length, 1);

    await management.setTools('billing', (tools) => [...tools, NEW_TOOL]);
    try {
      let shown;
      person.consent = async (page) => {
        shown = await page.locator('main').ariaSnapshot();
        await browsers.picture(page, 'consent-reconsent');
        await allow(page);
      };
      app.provider.saveTokens({ ...app.provider.tokens(), access_token: 'not-a-token-any-more' });
      assert.ok(!(await app.call('list_invoices')).isError);
      assert.match(shown ?? '', /export_invoices/);
      assert.equal(await page.title(), 'Back');
      assert.match(shown, /New since you last allowed this/);
      assert.match(app.provider.tokens().scope, /invoices:read/);
      isClean(page);
      done('a tool that comes later under a granted scope: the scope leaves the token, the page is shown again and marks the tool');
    } finally {
      await management.setTools('billing', (tools) => tools.filter((tool) => tool.key !== NEW_TOOL.key));
    }
  });
});
