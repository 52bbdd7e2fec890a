// Firms for the tests.
import { readFileSync } from "node:fs";

/** The firm that the program has built in. */
export const exampleFirm = () => readFileSync(new URL("../../../../fixtures/firm.yaml", import.meta.url), "utf8");

const first = "Ada Bea Carl Dora Emil Fay Gus Hana Ivo Jude Kira Leo Mina Noor Omar Pia Quinn Rosa Sven Tara".split(
  " ",
);
const last = "Abbott Baker Castro Dunn Ellis Frost Garcia Hahn Ivers Jensen Khan Lopez Moss Nagy Ortiz Park".split(" ");
const roles = ["administrator", "billing", "accounts", "reports"];

/** A firm of so many people, always the same. */
export function largeFirm(size: number): string {
  const users = Array.from({ length: size }, (_, number) => {
    const name = `${first[number % first.length]} ${last[Math.floor(number / first.length) % last.length]}`;
    const held = number === 0 ? ["primary_subscriber"] : roles.filter((_, index) => (number * 7 + index * 13) % 11 < 2);
    const grow = number % 3 === 0 ? { grow: { roles: [number % 30 === 0 ? "admin" : "normal"] } } : {};
    return { id: `p${String(number).padStart(5, "0")}`, name, manage: { roles: held }, ...grow };
  });
  return JSON.stringify({ firm: "Ten Thousand LLP", users });
}
