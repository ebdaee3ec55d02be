/* The book's search: looks for what was typed in the text of all pages (search-index.js).

   What is typed is found anywhere in a Chinese text and at the beginning of a Latin word or a
   number. Pages that have every term are shown; if there are none, pages that have at least half
   of the pairs of characters. Text enters the page as text only, never as HTML. */
(function () {
  "use strict";

  const LONGEST_QUERY = 100;
  const PAGES_SHOWN = 30;
  const SECTIONS_SHOWN = 3;
  const COUNTED = 5; // a word that fills a page is not worth more than this many
  const EXACT = 100; // what a term is worth by where it stands
  const IN_TITLE = 40;
  const IN_ID = 30;
  const IN_HEADING = 15;
  const ALIKE = 0.5; // share of the parts that a page must have where none has the whole
  const SNIPPET = 110;
  const BEFORE = 30;

  const UNSEEN = /\p{Cf}/gu;
  const SEPARATORS = /[\s\u3000，。；：、！？「」『』《》〈〉（）()【】“”‘’"'…]+/u;

  /* One form for all ways to write a character. Keeps the length, so that positions hold. */
  function fold(text) {
    return text
      .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
      .replace(/[０-９Ａ-Ｚａ-ｚ％]/g, (wide) =>
        String.fromCharCode(wide.charCodeAt(0) - 0xfee0).toLowerCase()
      )
      .replace(/[‐‑–—―−－]/g, "-");
  }

  /* The terms of a query: what stands between spaces and punctuation. */
  function termsOf(query) {
    const folded = fold(query.slice(0, LONGEST_QUERY).replace(UNSEEN, ""));
    const words = folded.replace(/(\d),(?=\d{3})/g, "$1").split(SEPARATORS);
    return [...new Set(words.filter(Boolean))].map(asTerm);
  }

  /* The parts of terms that are found nowhere whole: Latin words, numbers, pairs of characters. */
  function partsOf(terms) {
    const parts = new Set();
    for (const { text } of terms) {
      for (const [run] of text.matchAll(/[a-z0-9]+(?:[-.][a-z0-9]+)*|[^\x00-\x7f]+/g)) {
        if (run.charCodeAt(0) < 128 || run.length < 3) parts.add(run);
        else for (let i = 0; i + 2 <= run.length; i++) parts.add(run.slice(i, i + 2));
      }
    }
    return [...parts].map(asTerm);
  }

  /* A term with the pattern that finds it: 3200 finds 3,200 but 200 does not. */
  function asTerm(text) {
    const literal = text
      .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
      .replace(/(\d)(?=\d)/g, "$1,?");
    const start = /^[a-z0-9]/.test(text) ? "(^[.,]?|[^a-z0-9.,]|[^0-9][.,])" : "()";
    return { text, pattern: new RegExp(`${start}(${literal})`, "g") };
  }

  /* Where a term stands in a folded text: [start, end] of the first few places. */
  function places(term, folded) {
    const found = [];
    const { pattern } = term;
    pattern.lastIndex = 0;
    for (let match; found.length < COUNTED && (match = pattern.exec(folded)); ) {
      found.push([match.index + match[1].length, pattern.lastIndex]);
    }
    return found;
  }

  function prepared(index) {
    return index.map(([address, title, sections]) => ({
      address,
      title,
      foldedTitle: fold(title),
      id: address.replace(/^.*\/|\.html$/g, ""),
      sections: sections.map(([anchor, heading, text]) => ({
        anchor,
        heading,
        text,
        foldedHeading: fold(heading),
        foldedText: fold(text),
      })),
    }));
  }

  /* How well a page fits, or null where it has less than the share of the terms asked for. */
  function judged(page, terms, share) {
    const worth = page.sections.map(() => 0);
    let score = 0;
    let had = 0;
    for (const term of terms) {
      const length = term.text.length;
      let whole = 0;
      if (term.text === page.foldedTitle || term.text === page.id) whole = EXACT;
      else if (places(term, page.foldedTitle).length)
        whole = IN_TITLE * (0.5 + (0.5 * length) / page.title.length);
      else if (places(term, page.id).length) whole = IN_ID;
      let best = 0;
      page.sections.forEach((section, i) => {
        let value = places(term, section.foldedText).length;
        if (i > 0 && places(term, section.foldedHeading).length) value += IN_HEADING;
        worth[i] += value;
        best = Math.max(best, value);
      });
      if (whole || best) had += 1;
      score += whole + best;
    }
    if (!had || had < share * terms.length) return null;
    const sections = page.sections
      .map((section, i) => ({ section, value: worth[i] }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => b.value - a.value)
      .map(({ section }) => section);
    return { page, score: (score * had) / terms.length, sections };
  }

  function ranked(pages, terms, share) {
    const hits = pages.map((page) => judged(page, terms, share)).filter(Boolean);
    return hits.sort((a, b) => b.score - a.score);
  }

  /* What a query finds: the terms to mark, the hits, best first, and whether they are only alike. */
  function find(pages, query) {
    const terms = termsOf(query);
    if (!terms.length) return { terms, hits: [], alike: false };
    const hits = ranked(pages, terms, 1);
    if (hits.length) return { terms, hits, alike: false };
    const parts = partsOf(terms);
    return { terms: parts, hits: parts.length ? ranked(pages, parts, ALIKE) : [], alike: true };
  }

  /* The places of all terms in a folded text, in order and without overlaps. */
  function allPlaces(terms, folded) {
    const found = terms.flatMap((term) => places(term, folded)).sort((a, b) => a[0] - b[0]);
    const apart = [];
    for (const [start, end] of found) {
      const last = apart[apart.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else apart.push([start, end]);
    }
    return apart;
  }

  /* Writes text into an element with the terms marked. */
  function write(element, text, terms) {
    let from = 0;
    for (const [start, end] of allPlaces(terms, fold(text))) {
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
    const found = allPlaces(terms, foldedText);
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

  function countOf({ hits, alike }, query) {
    if (!query.trim()) return "";
    if (!hits.length) return `没有找到「${query}」。可换一个更短的词，或只输入名称中的几个字。`;
    const few = hits.length > PAGES_SHOWN ? `，列出前${PAGES_SHOWN}页` : "";
    return alike
      ? `没有与「${query}」完全一致的内容，以下${hits.length}页内容相近${few}。`
      : `「${query}」见于${hits.length}页${few}。`;
  }

  function start() {
    const input = document.getElementById("pb-query");
    const count = document.getElementById("pb-search-count");
    const list = document.getElementById("pb-hits");
    let pages = null;
    let waiting = 0;

    function answer() {
      if (!window.planbookSearchIndex) {
        count.textContent = "没有读到搜索索引（_static/search-index.js），请确认本书的文件夹完整。";
        return;
      }
      const begun = performance.now();
      pages = pages || prepared(window.planbookSearchIndex);
      const query = input.value.slice(0, LONGEST_QUERY).replace(UNSEEN, "");
      const found = find(pages, query);
      list.replaceChildren(...found.hits.slice(0, PAGES_SHOWN).map((h) => shownHit(h, found.terms)));
      count.textContent = countOf(found, query);
      performance.measure("planbook-search", { start: begun, end: performance.now() });
    }

    function answerAndKeep() {
      clearTimeout(waiting);
      answer();
      const query = input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname;
      history.replaceState(null, "", query);
    }

    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      answerAndKeep();
    });
    input.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(answerAndKeep, 150);
    });
    input.addEventListener("compositionend", answerAndKeep);

    input.value = (new URLSearchParams(location.search).get("q") || "").slice(0, LONGEST_QUERY);
    if (input.value) answer();
    else input.focus();
  }

  start();
})();
