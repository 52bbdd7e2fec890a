// The pictures of the documents: `npm run screenshots` makes them anew.
import { statSync } from "node:fs";
import { expect, grant, open, test } from "./page/explorer";

const docs = new URL("../../../../docs/", import.meta.url).pathname;
const desktop = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };

const pictures = [
  { name: "matrix", address: "#/matrix/people?product=manage&user=leila&cell=delete_bill", size: desktop },
  { name: "ask", address: "#/ask/may?user=wren&product=manage&action=create_bill", size: desktop },
  { name: "change", address: `#/change?user=ines&${grant("billing")}`, size: desktop },
  { name: "dark", address: "#/people", size: desktop, dark: true },
  { name: "phone", address: "#/people/wren", size: phone },
];

for (const { name, address, size, dark } of pictures) {
  test(name, async ({ page, small }) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    await open(page, small, address);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      scrollTo(0, 0);
    });
    const path = `${docs}explorer-${name}.png`;
    await page.screenshot({ path });
    expect(statSync(path).size).toBeLessThan(200_000);
  });
}
