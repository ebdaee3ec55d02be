/* Tells a published page which editions there are: a list to switch by, and a note where this one was
   corrected, withdrawn or followed by another. Pages never change once published; what they load is
   this file of their site, written anew with each act:

     <script src="../editions.js" defer data-edition="2026-Q3" data-page="goals/x.html"></script>

   It fetches nothing, so it works from disk, and expects nothing of the page but its two attributes. */
(() => {
  const here = document.currentScript;
  const site = window.planbookEditions;
  const own = here && site.editions.find(({ id }) => id === here.dataset.edition);
  if (!own) return;
  const root = here.getAttribute("src").replace(/editions\.js.*$/, "");
  const page = site.pages.indexOf(here.dataset.page);
  const words = { corrected: "已更正", withdrawn: "已撤回", purged: "已清除" };

  const made = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const find = (id) => site.editions.find((edition) => edition.id === id);
  const has = (edition) => page >= 0 && edition.state !== "purged" && !edition.lacks.includes(page);
  const address = (edition) => {
    const path = `${edition.id}/${has(edition) ? site.pages[page] : "index.html"}`;
    return root + path.split("/").map(encodeURIComponent).join("/");
  };
  const link = (edition) => made("a", { href: address(edition) }, edition.label);

  const style = `
    .header-article-items__start:has(.pb-editions) { display: flex; gap: 0.5rem; align-items: center; }
    .pb-editions { position: relative; font-size: 0.875rem; }
    .pb-editions summary { padding: 0.25rem 0.6rem; border: 1px solid var(--pb-line, #c9d1d9);
      border-radius: 0.3rem; color: var(--pb-ink, #1f2933); cursor: pointer; list-style: none;
      white-space: nowrap; }
    .pb-editions summary::-webkit-details-marker { display: none; }
    .pb-editions summary::after { display: inline-block; width: 0.4em; height: 0.4em;
      margin: 0 0.1em 0.2em 0.6em; border: solid currentColor; border-width: 0 1.5px 1.5px 0;
      transform: rotate(45deg); content: ""; }
    .pb-editions[open] summary::after { margin-bottom: -0.05em; transform: rotate(225deg); }
    .pb-editions ul { position: absolute; z-index: 1030; top: calc(100% + 0.25rem); left: 0;
      min-width: 100%; max-height: min(24rem, 70vh); margin: 0; padding: 0.3rem 0; overflow: auto;
      border: 1px solid var(--pb-line, #c9d1d9); border-radius: 0.3rem;
      background: var(--pst-color-background, #fff); box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
      list-style: none; }
    .pb-editions li { margin: 0; white-space: nowrap; }
    .pb-editions li a { display: block; padding: 0.35rem 0.9rem; color: var(--pb-ink, #1f2933);
      text-decoration: none; }
    .pb-editions li a:hover { background: var(--pb-ground, #f4f6f8); text-decoration: underline; }
    .pb-editions li a[aria-current] { font-weight: 600; }
    .pb-editions li small { margin-left: 0.5em; color: var(--pb-muted, #5b6673); }
    .pb-editions li:last-child { margin-top: 0.3rem; border-top: 1px solid var(--pb-line, #c9d1d9); }
    .pb-edition-note { padding: 0.4rem 1rem; border-bottom: 1px solid var(--pb-notice-line, #d9972b);
      background: var(--pb-notice, #fdf1d8); color: var(--pb-notice-ink, #5a3a00);
      font-size: 0.9375rem; line-height: 1.6; text-align: center; overflow-wrap: anywhere; }
    .pb-edition-note a { color: inherit; font-weight: 600; text-decoration: underline; }
    .pb-edition-note.pb-ended { border-bottom: 0; background: #7a1010; color: #fff; font-weight: 600; }
    @media print { .pb-editions { display: none; }
      .pb-edition-note, .pb-edition-note.pb-ended { border: 1px solid; background: none; color: inherit; } }`;

  function note() {
    const told = [];
    const newest = find(site.latest);
    if (own.state === "withdrawn") told.push(`本期已撤回：${own.reason.replace(/。$/, "")}。`);
    if (own.correctedBy) {
      const by = find(own.correctedBy);
      const ended = by.state === "withdrawn" || by.state === "purged" ? `（${words[by.state]}）` : "";
      told.push("本期已更正，见", link(by), ended, "。");
    }
    if (newest && newest.id !== own.correctedBy && site.editions.indexOf(newest) < site.editions.indexOf(own)) {
      told.push(told.length ? "最新一期：" : `本页属${own.label}，已有`, link(newest), "。");
    }
    if (!told.length) return null;
    const kind = own.state === "withdrawn" ? "pb-edition-note pb-ended" : "pb-edition-note";
    return made("aside", { class: kind, "aria-label": "本期说明" }, ...told);
  }

  function item(edition) {
    const entry = link(edition);
    if (edition === own) entry.setAttribute("aria-current", "page");
    const state = edition.id === site.latest ? "最新" : words[edition.state];
    const without = edition.state !== "purged" && !has(edition) ? "无此页，到首页" : "";
    const said = [state, without].filter(Boolean).join("，");
    if (said) entry.append(made("small", {}, said));
    return made("li", {}, entry);
  }

  function switcher() {
    const all = made("li", {}, made("a", { href: `${root}index.html` }, "各期一览"));
    const list = made("ul", {}, ...site.editions.map(item), all);
    const button = made("summary", { "aria-label": `本期：${own.label}，选择另一期` }, own.label);
    const box = made("details", { class: "pb-editions d-print-none" }, button, list);
    box.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !box.open) return;
      box.open = false;
      button.focus();
    });
    document.addEventListener("click", ({ target }) => {
      if (!box.contains(target)) box.open = false;
    });
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(relatedTarget)) box.open = false;
    });
    return box;
  }

  // Of a purged edition only the first page is left, and it says why.
  function leadToReasons() {
    for (const { id } of site.editions.filter(({ state }) => state === "purged")) {
      for (const to of document.querySelectorAll(`a[href^="${root}${id}/"]`)) {
        to.setAttribute("href", `${root}${id}/index.html`);
      }
    }
  }

  // A book knows the editions that there are, not those that this site has.
  function unlinked() {
    for (const anchor of document.querySelectorAll("a[href]")) {
      const href = anchor.getAttribute("href");
      const [, id] = (href.startsWith(root) && href.slice(root.length).match(/^(\d{4}[^/]*)\//)) || [];
      if (id && !find(id)) anchor.replaceWith(...anchor.childNodes);
    }
  }

  function show() {
    unlinked();
    document.head.append(made("style", {}, style));
    leadToReasons();
    const told = note();
    const head = document.querySelector(".bd-header-announcement, #pst-skip-link, .skip-link");
    if (told && head) head.after(told);
    else if (told) document.body.prepend(told);
    const bar = document.querySelector(".header-article-items__start");
    if (bar) bar.append(made("div", { class: "header-article-item" }, switcher()));
    else (document.querySelector("header, main") || document.body).prepend(switcher());
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();
