/* How the search ranks: what a query asks for, and how well a page fits it.

   What is typed is found anywhere in a Chinese text and at the beginning of a Latin word or a
   number. `fold` and what divides words are those of search_grams.py. */
(function () {
  "use strict";

  const search = window.planbookSearch;
  const LONGEST_QUERY = 100;
  const EXACT = 100; // what a term is worth by where it stands
  const IN_TITLE = 40;
  const IN_ID = 30;

  const UNSEEN = /\p{Cf}/gu;
  const SEPARATORS = /[\s\u3000,，。；：、！？「」『』《》〈〉（）()【】“”‘’"'…]+/u;

  /* One form for all ways to write a character. Keeps the length, so that positions hold. */
  function fold(text) {
    return text
      .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
      .replace(/[０-９Ａ-Ｚａ-ｚ％]/g, (wide) =>
        String.fromCharCode(wide.charCodeAt(0) - 0xfee0).toLowerCase()
      )
      .replace(/[‐‑–—―−－]/g, "-");
  }

  /* What of a query counts. */
  function tidy(query) {
    return [...query].slice(0, LONGEST_QUERY).join("").replace(UNSEEN, "");
  }

  /* The terms of a query: what stands between spaces and punctuation. */
  function termsOf(query) {
    const folded = fold(tidy(query)).replace(/(\d),(?=\d)/g, "$1");
    const words = folded.split(SEPARATORS);
    return [...new Set(words.filter(Boolean))].map(asTerm);
  }

  /* Neighbouring characters; a character that stands alone, alone. */
  function pairsOf(text) {
    const characters = [...text];
    if (characters.length < 2) return characters;
    return characters.slice(1).map((character, i) => characters[i] + character);
  }

  /* The parts of terms that are found nowhere whole: Latin words, numbers, pairs of characters. */
  function partsOf(terms) {
    const parts = new Set();
    for (const { text } of terms) {
      for (const [run] of text.matchAll(/[a-z0-9]+(?:[-.][a-z0-9]+)*|[^\x00-\x7f]+/g)) {
        if (run.charCodeAt(0) < 128) parts.add(run);
        else for (const pair of pairsOf(run)) parts.add(pair);
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
    for (let match; found.length < search.known.counted && (match = pattern.exec(folded)); ) {
      found.push([match.index + match[1].length, pattern.lastIndex]);
    }
    return found;
  }

  /* A page by its names, which are known of all pages; sections are added once its text is here. */
  function named([address, title], number) {
    const id = address.replace(/^.*\/|\.html$/g, "");
    return { number, address, title, foldedTitle: fold(title), id, sections: null };
  }

  function sectionsOf(text) {
    return text.map(([anchor, heading, body]) => ({
      anchor,
      heading,
      text: body,
      foldedHeading: fold(heading),
      foldedText: fold(body),
    }));
  }

  /* What a term is worth in a section. The heading of the first one is the page's title. */
  function worth(term, section, i) {
    const below = places(term, section.foldedText).length;
    const above = i > 0 && places(term, section.foldedHeading).length;
    return below + (above ? search.known.inHeading : 0);
  }

  function worthOfNames(term, page) {
    if (term.text === page.foldedTitle || term.text === page.id) return EXACT;
    if (places(term, page.foldedTitle).length)
      return IN_TITLE * (0.5 + (0.5 * term.text.length) / page.title.length);
    return places(term, page.id).length ? IN_ID : 0;
  }

  /* How well a page fits that has these worths in its text, one a term: 0 where it has less than
     the share of the terms that is asked for. A greater worth never makes it less. */
  function scoreOf(page, terms, share, worths) {
    let score = 0;
    let had = 0;
    terms.forEach((term, i) => {
      const names = worthOfNames(term, page);
      if (names || worths[i]) had += 1;
      score += names + worths[i];
    });
    return had < share * terms.length ? 0 : (score * had) / terms.length;
  }

  /* A page whose text is here as a hit, with the sections that have anything, best first; or null. */
  function judged(page, terms, share) {
    const bySection = page.sections.map((section, i) => terms.map((t) => worth(t, section, i)));
    const best = terms.map((_, n) => Math.max(0, ...bySection.map((worths) => worths[n])));
    const score = scoreOf(page, terms, share, best);
    if (!score) return null;
    const sections = page.sections
      .map((section, i) => ({ section, value: bySection[i].reduce((a, b) => a + b, 0) }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => b.value - a.value)
      .map(({ section }) => section);
    return { page, score, number: page.number, sections };
  }

  /* Sorts better hits first; of equal ones that which stands first in the index. */
  function better(a, b) {
    return b.score - a.score || a.number - b.number;
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

  Object.assign(search, { fold, tidy, termsOf, partsOf, pairsOf });
  Object.assign(search, { named, sectionsOf, scoreOf, judged, better, allPlaces });
})();
