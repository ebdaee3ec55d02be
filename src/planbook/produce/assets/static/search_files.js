/* The search's files (search_index.py says what they hold): loaded when a query needs them, and as
   scripts, since a page opened from disk may not read any other file. */
(function () {
  "use strict";

  const folder = new URL("search/", document.currentScript.src);
  const search = (window.planbookSearch = { grams: {}, texts: {} }); // filled by those scripts
  const loads = new Map();

  /* Loads a file once. Its version keeps a browser from using an older one that it has kept. */
  function load(path, version) {
    if (!loads.has(path)) {
      const loaded = new Promise((done, failed) => {
        const script = document.createElement("script");
        script.onload = done;
        script.onerror = () => {
          loads.delete(path);
          failed(new Error(`_static/search/${path}`));
        };
        script.src = new URL(`${path}?v=${version}`, folder);
        document.head.append(script);
      });
      loads.set(path, loaded);
    }
    return loads.get(path);
  }

  async function loadText(page) {
    const [address, , version] = search.known.pages[page.number];
    await load(`texts/${address.replace(/\.html$/, ".js")}`, version);
    page.sections = page.sections || search.sectionsOf(search.texts[address]);
  }

  /* The grams of a term: its beginning, if that is Latin or a number, and its pairs of characters. */
  function gramsOf(term) {
    const head = /^[a-z0-9]{1,4}/.exec(term);
    const pairs = search.pairsOf(term).filter((pair) => !/^[a-z0-9]+$/.test(pair));
    return head ? [`W${head}`, ...pairs] : pairs;
  }

  function numberOf(letters) {
    return [...letters].reduce((number, letter) => 26 * number + letter.charCodeAt(0) - 97, 0);
  }

  /* The most that two grams are worth together to who looks for what both begin with. */
  function together(one, other) {
    const { counted, inHeading } = search.known;
    if (!one) return other;
    return Math.max(one, other) < inHeading ? Math.min(counted, one + other) : counted + inHeading;
  }

  /* What a gram, or those that begin with it, are worth in each page that has any. */
  async function worthsOf(gram) {
    const { gramFiles } = search.known;
    const number = gram.replace("W", "").codePointAt(0) % gramFiles.length;
    await load(`grams/${number}.js`, gramFiles[number]);
    const worths = new Map();
    for (const [key, pages] of Object.entries(search.grams[number])) {
      if (!key.startsWith(gram)) continue;
      for (const [, letters, worth] of pages.matchAll(/([a-z]+)([A-Z])/g)) {
        const page = numberOf(letters);
        worths.set(page, together(worths.get(page) || 0, worth.charCodeAt(0) - 65));
      }
    }
    return worths;
  }

  /* The most that a term can be worth in the text of a page, as a function of the page. */
  async function mostOf(term) {
    const { counted, inHeading } = search.known;
    const all = await Promise.all(gramsOf(term.text).map(worthsOf));
    return ({ number }) =>
      Math.min(counted + inHeading, ...all.map((worths) => worths.get(number) || 0));
  }

  Object.assign(search, { loadText, mostOf });
})();
