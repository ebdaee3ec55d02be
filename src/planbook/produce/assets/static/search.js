/* The book's search page: finds the pages that fit best without loading all of them, and shows them.

   Pages that have every term are shown; if there are none, pages that have at least half of the
   pairs of characters. Text enters the page as text only, never as HTML. */
(function () {
  "use strict";

  const search = window.planbookSearch;
  const SHOWN_FIRST = 10; // pages, and so many more whenever the reader asks
  const FEWEST_LOADED = 4; // at once, where the best pages are not certain yet
  const SECTIONS_SHOWN = 3;
  const ALIKE = 0.5; // share of the parts that a page must have where none has the whole
  const SNIPPET = 110;
  const BEFORE = 30;
  const PAUSE = 300; // milliseconds without typing until the address says what was typed
  const PATIENCE = 300; // milliseconds until a reader is told that the search is going on

  /* The best pages, and whether there is none beside them. Pages are loaded in the order of what
     they can be worth at most, until no other one can be better than those shown. */
  async function ranked(pages, terms, share, shown) {
    const most = await Promise.all(terms.map(search.mostOf));
    const left = pages
      .map((page) => {
        const worths = most.map((mostIn) => mostIn(page));
        return { page, number: page.number, score: search.scoreOf(page, terms, share, worths) };
      })
      .filter(({ score }) => score > 0)
      .sort(search.better);
    const hits = [];
    const certain = () =>
      hits.length >= shown && search.better(hits[shown - 1], left[0]) < 0;
    while (left.length && !certain()) {
      const next = left.splice(0, Math.max(shown - hits.length, FEWEST_LOADED));
      await Promise.all(next.map(({ page }) => search.loadText(page)));
      hits.push(...next.map(({ page }) => search.judged(page, terms, share)).filter(Boolean));
      hits.sort(search.better);
    }
    return { hits: hits.slice(0, shown), whole: !left.length && hits.length <= shown };
  }

  /* What a query finds: the terms to mark, the hits, best first, and whether they are only alike. */
  async function find(pages, query, shown) {
    const terms = search.termsOf(query);
    if (!terms.length) return { terms, hits: [], whole: true, alike: false };
    const found = await ranked(pages, terms, 1, shown);
    if (found.hits.length) return { terms, ...found, alike: false };
    const parts = search.partsOf(terms);
    return { terms: parts, ...(await ranked(pages, parts, ALIKE, shown)), alike: true };
  }

  /* Writes text into an element with the terms marked. */
  function write(element, text, terms) {
    let from = 0;
    for (const [start, end] of search.allPlaces(terms, search.fold(text))) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      element.append(text.slice(from, start), mark);
      from = end;
    }
    element.append(text.slice(from));
    return element;
  }

  /* The stretch of a section in which most of what was found stands, from the start of a line. */
  function snippet(section, terms) {
    const { text, foldedText } = section;
    const found = search.allPlaces(terms, foldedText);
    let at = found.length ? found[0][0] : 0;
    let most = 0;
    for (const [start] of found) {
      const near = found.filter((p) => p[0] >= start && p[1] <= start + SNIPPET - BEFORE).length;
      if (near > most) [at, most] = [start, near];
    }
    let from = Math.max(0, at - BEFORE);
    const line = text.lastIndexOf("\n", at - 1) + 1;
    if (at && line > from) from = line;
    const to = Math.min(text.length, from + SNIPPET);
    const cut = text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
    const whole = cut.replace(/\n/g, "\u3000");
    return (from && from !== line ? "…" : "") + whole + (to < text.length ? "…" : "");
  }

  function link(address, text, terms) {
    const made = document.createElement("a");
    made.href = (document.documentElement.dataset.content_root || "./") + address;
    return write(made, text, terms);
  }

  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  function shownHit({ page, sections }, terms) {
    const item = element("li", "pb-hit");
    const title = element("h2", "pb-hit-title");
    title.append(link(page.address, page.title, terms));
    item.append(title);
    const shown = sections.length ? sections.slice(0, SECTIONS_SHOWN) : page.sections.slice(0, 1);
    for (const section of shown) {
      const part = element("p", "pb-hit-part");
      if (section !== page.sections[0]) {
        const address = `${page.address}#${encodeURIComponent(section.anchor)}`;
        part.append(link(address, section.heading, terms), " ");
      }
      part.append(write(element("span", "pb-hit-text"), snippet(section, terms), terms));
      item.append(part);
    }
    if (sections.length > shown.length) {
      const more = element("p", "pb-hit-more");
      more.textContent = `本页另有${sections.length - shown.length}节提到`;
      item.append(more);
    }
    return item;
  }

  function countOf({ hits, whole, alike }, query) {
    if (!query.trim()) return "";
    if (!hits.length) return `没有找到「${query}」。可换一个更短的词，或只输入名称中的几个字。`;
    const pages = whole ? `${hits.length}页` : `${hits.length}页以上`;
    const few = whole ? "" : `，列出前${hits.length}页`;
    return alike
      ? `没有与「${query}」完全一致的内容，以下${pages}内容相近${few}。`
      : `「${query}」见于${pages}${few}。`;
  }

  function start() {
    const input = document.getElementById("pb-query");
    const count = document.getElementById("pb-search-count");
    const list = document.getElementById("pb-hits");
    const more = document.getElementById("pb-more");
    const pages = search.known ? search.known.pages.map(search.named) : null;
    let keeping = 0;
    let asked = 0;
    let telling = 0;
    let shown = SHOWN_FIRST;

    function show(text, items = [], whole = true) {
      clearTimeout(telling);
      list.setAttribute("aria-busy", "false");
      count.textContent = text;
      list.replaceChildren(...items);
      more.hidden = whole;
    }

    function lacking(file) {
      show(`没有读到搜索索引（${file}），请确认本书的文件夹完整。`);
    }

    async function answer() {
      if (!pages) return lacking("_static/search/pages.js");
      const begun = performance.now();
      const mine = ++asked; // an answer that comes after the next question is not shown
      const query = search.tidy(input.value);
      list.setAttribute("aria-busy", "true");
      clearTimeout(telling);
      telling = setTimeout(() => { count.textContent = "正在查找……"; }, PATIENCE);
      try {
        const found = await find(pages, query, shown);
        if (mine !== asked) return;
        const items = found.hits.map((hit) => shownHit(hit, found.terms));
        show(countOf(found, query), items, found.whole);
        performance.measure("planbook-search", { start: begun, end: performance.now() });
      } catch (error) {
        if (mine === asked) lacking(error.message);
      }
    }

    /* The address follows when nothing is typed any more: browsers allow it few changes. */
    function answerAndKeep() {
      shown = SHOWN_FIRST;
      answer();
      clearTimeout(keeping);
      keeping = setTimeout(keep, PAUSE);
    }

    function keep() {
      clearTimeout(keeping);
      const query = input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname;
      history.replaceState(null, "", query);
    }

    more.addEventListener("click", () => {
      shown += SHOWN_FIRST;
      answer();
    });
    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      answerAndKeep();
      keep();
    });
    input.addEventListener("input", (event) => {
      if (!event.isComposing) answerAndKeep();
    });
    input.addEventListener("compositionend", answerAndKeep);

    input.value = (new URLSearchParams(location.search).get("q") || "").slice(0, input.maxLength);
    if (input.value) answer();
    else input.focus();
  }

  start();
})();
