// What is said to people who listen to the page: one line, politely.
export function announce(text: string): void {
  const line = document.getElementById("said");
  if (line) line.textContent = text;
}
