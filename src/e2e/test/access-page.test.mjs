import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, lightness, picture, scrollsSideways } from '../lib/browser.mjs';
import { Management } from '../lib/management.mjs';
import { note, world } from '../lib/report.mjs';

const WIDTHS = [390, 820, 1440];
/** The pictures of the documentation: view, width, colours. */
const PICTURES = ['servers-820', 'refused-820', 'why-390', 'why-1440', 'who-1440-dark'];
const SMALL = { servers: '', who: '?view=who', why: '?view=why&subject=user:bob&tool=billing-mcp/refund_invoice', refused: '?view=refused' };

describe('the page about access to tools in Chromium', { timeout: 180_000 }, () => {
  let small;
  let large;
  let browser;
  let page;

  before(async () => {
    small = await place('e2e', world.management);
    large = await place('large', world.large);
    await refuseSome();
    await open();
  });

  after(() => browser?.close());

  const done = (what) => note('browser', 'Chromium', browser.version, what, 'works');

  /** Where the page is, and the token of somebody who may see it. */
  async function place(domain, address) {
    const management = await Management.login(domain, address);
    return { url: `${management.base}${await management.settings()}/mcp`, token: management.token };
  }

  async function open(options = {}, { token } = small) {
    await browser?.close();
    browser = await Browser.open({ ...options, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
    page = await browser.page();
  }

  /** Questions that the engine refuses, so that there is something in the audit log. */
  async function refuseSome() {
    const authorization = `Basic ${Buffer.from('billing-mcp:billing-secret').toString('base64')}`;
    for (const [id, tool] of [['alice', 'refund_invoice'], ['bob', 'refund_invoice'], ['bob', 'void_invoice'], ['bob', 'refund_invoice']]) {
      const question = { subject: { type: 'user', id }, action: { name: 'tools/call' }, resource: { type: 'tool', id: tool } };
      const answer = await fetch(`${world.domain}/access/v1/evaluation`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(question),
      });
      assert.equal(answer.status, 200);
    }
  }

  for (const width of WIDTHS) {
    test(`is whole at ${width} pixels, in light and dark`, async () => {
      for (const colorScheme of ['light', 'dark']) {
        await open({ viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme });
        for (const [view, query] of Object.entries(SMALL)) {
          await page.goto(small.url + query);
          assert.equal(await page.locator('[role=alert]').count(), 0, `${view}: ${await page.locator('main').innerText()}`);
          assert.equal(await scrollsSideways(page), false, `${view} at ${width}`);
          assert.equal((await lightness(page)) > 128, colorScheme === 'light');
          const name = `${view}-${width}${colorScheme === 'dark' ? '-dark' : ''}`;
          if (PICTURES.includes(name)) {
            await picture(page, `access-${name}`);
          }
        }
        assert.deepEqual(page.complaints, []);
      }
      done(`access page: all views at ${width} pixels, light and dark`);
    });
  }

  test('the picture of a refusal has its alternatives beside each other, and makes the command', async () => {
    await open({ viewport: { width: 1440, height: 900 } });
    await page.goto(small.url + SMALL.why.replace('refund_invoice', 'void_invoice'));
    const boxes = await page.locator('.one-of > li').all();
    assert.ok(boxes.length >= 2, 'there is more than one way to help');
    const [first, second] = await Promise.all(boxes.slice(0, 2).map((box) => box.boundingBox()));
    assert.equal(first.y, second.y);
    assert.ok(second.x >= first.x + first.width);
    await page.getByText('Make the command').first().click();
    assert.match(await page.locator('.command').first().innerText(), /^amctl grant \S+ user:bob can_call tool:void_invoice$/);
    done('access page: alternatives of a refusal side by side, the command of each');
  });

  test('200 tools and 1,000 users are folded, searched and paged, by keyboard alone', async () => {
    await open({ viewport: { width: 1440, height: 900 } }, large);
    const start = Date.now();
    await page.goto(`${large.url}?view=who`, { timeout: 60_000 });
    await page.reload();
    assert.ok(Date.now() - start < 60_000);
    assert.equal(await page.locator('table.matrix thead tr').nth(1).locator('th').count(), 4);
    assert.equal(await page.locator('table.matrix tbody tr').count(), 51);
    assert.equal(await scrollsSideways(page), false);
    await picture(page, 'access-who-large', { fullPage: false });
    await page.getByRole('link', { name: /^show tools/ }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/open=/);
    assert.ok((await page.locator('table.matrix thead tr').nth(1).locator('th').count()) > 10);
    await page.getByLabel('Server, tool or scope contains').fill('tool_002');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=tool_002/);
    await page.getByLabel('Name contains').fill('user0');
    await page.keyboard.press('Enter');
    await page.waitForURL(/who=user0/);
    await page.getByRole('link', { name: 'Next rows' }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=2/);
    done('access page: matrix of 200 tools × 1,000 users folded, searched and paged by keyboard');
  });

  test('a screen reader hears landmarks, headings and what a cell says', async () => {
    await open();
    await page.goto(`${small.url}?view=who`);
    const spoken = await page.locator('body').ariaSnapshot();
    for (const part of ['banner', 'navigation "Views"', 'main', 'heading "Who may call what"', 'region', 'rowheader', 'columnheader']) {
      assert.match(spoken, new RegExp(part));
    }
    assert.match(spoken, /cell "yes"/);
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').innerText(), 'Skip to the content');
    done('access page: landmarks, headings, cells for a screen reader; skip link');
  });

  test('speaks German to a German browser', async () => {
    await open({ locale: 'de-DE', viewport: { width: 820, height: 900 } });
    await page.goto(small.url + SMALL.why);
    assert.equal(await page.locator('main h2').first().innerText(), 'Warum');
    assert.equal(await scrollsSideways(page), false);
    done('access page: in German');
  });

  test('complained about nothing and asked no other server', () => {
    assert.deepEqual(page.complaints, []);
    assert.deepEqual([...page.hosts], [new URL(world.management).host]);
  });
});
