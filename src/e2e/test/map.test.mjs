import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, picture, scrollsSideways } from '../lib/browser.mjs';
import { Management } from '../lib/management.mjs';
import { note, world } from '../lib/report.mjs';

describe('the access map of 200 tools and 1,000 users in Chromium', { timeout: 120_000 }, () => {
  let browser;
  let page;

  before(async () => {
    const management = await Management.login('large', world.large);
    const map = `${management.base}${await management.settings()}/mcp/map?format=html`;
    browser = await Browser.open({
      viewport: { width: 1280, height: 900 },
      extraHTTPHeaders: { authorization: `Bearer ${management.token}` },
    });
    page = await browser.page();
    await page.goto(map);
  });

  after(() => browser?.close());

  const done = (what) => note('browser', 'Chromium', browser.version, what, 'works');
  const first = () => page.locator('tbody th').first().innerText();
  const rows = () => page.locator('tbody tr').count();

  test('sorts both ways by its headings, and says so', async () => {
    await picture(page, 'map', { fullPage: false });
    await page.getByRole('link', { name: 'Tool', exact: true }).click();
    const heading = page.getByRole('columnheader', { name: /^Tool/ });
    assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
    const least = await first();
    await heading.getByRole('link').click();
    assert.equal(await heading.getAttribute('aria-sort'), 'descending');
    assert.notEqual(await first(), least);
    await heading.getByRole('link').click();
    assert.equal(await first(), least);
    done('access map, 200 tools × 1,000 users: sorted both ways by its headings');
  });

  test('turns its pages until every tool was shown once', async () => {
    const seen = new Set();
    for (;;) {
      (await page.locator('tbody th').allInnerTexts()).forEach((tool) => seen.add(tool));
      const next = page.getByRole('link', { name: 'Next page' });
      if ((await next.count()) === 0) {
        break;
      }
      await next.click();
    }
    assert.equal(seen.size, 200);
    done('access map: pages of 50, each tool once');
  });

  test('filters by a tool, by keyboard, and shows a long list whole', async () => {
    await page.getByLabel('Filter by server, tool or scope').fill('tool_002');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=tool_002/);
    assert.equal(await rows(), 1);
    const shown = await page.locator('tbody li').count();
    await page.getByRole('link', { name: /^all .* users of tool_002$/ }).click();
    assert.ok((await page.locator('tbody li').count()) > shown + 100);
    done('access map: filter by keyboard; a long list is cut and there whole behind a link');
  });

  test('prints the table alone, and never scrolls sideways', async () => {
    await page.goBack();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('form').isVisible(), false);
    assert.equal(await page.locator('nav').isVisible(), false);
    assert.equal(await page.locator('table').isVisible(), true);
    const paper = await page.pdf({ format: 'A4' });
    assert.ok(paper.length > 1000);
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await scrollsSideways(page), false);
    done('access map: prints the table alone');
  });

  test('complained about nothing and asked no other server', () => {
    assert.deepEqual(page.complaints, []);
    assert.deepEqual([...page.hosts], [new URL(world.large).host]);
    done('access map: no complaint in the console, no request to anybody else');
  });
});
