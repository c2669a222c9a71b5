// Says that a chapter which the reader has edited here is not the one of the site any more. Both are kept.
/* global hdcNotice */
const MARK = "hdc"; // the notebook's metadata in which the build says what text the notebook has

/** The mark of the site's own copy, whatever is kept of it in this browser; nothing if the site has no such file. */
async function markOnSite(path, base) {
  const answer = await fetch(`${base}files/${path}`, { cache: "no-cache" });
  return answer.ok ? (await answer.json()).metadata?.[MARK]?.text : undefined;
}

/** A name like gridding-mine.ipynb that no file has. */
async function freeName(contents, path) {
  for (let number = 1; ; number += 1) {
    const name = path.replace(/(\.\w+)?$/, `-mine${number > 1 ? `-${number}` : ""}$1`);
    const taken = await contents.get(name, { content: false }).then(() => true, () => false);
    if (!taken) return name;
  }
}

/** Put the reader's copy under another name, so that the site's is opened under its own. */
async function openNew(app, context, mine) {
  const { path } = context;
  await context.save();
  await context.rename(mine.split("/").pop());
  await app.commands.execute("docmanager:open", { path });
}

/** Compare a notebook that is opened with the site's copy. */
export async function compareWithSite(app, { context }) {
  await context.ready;
  const { path } = context;
  const { contents, serverSettings } = app.serviceManager;
  const [here, there] = [context.model.getMetadata(MARK)?.text, await markOnSite(path, serverSettings.baseUrl)];
  if (there === undefined || here === there) return;
  const mine = await freeName(contents, path);
  const words = `The book has a newer ${path}. This is your copy, kept in this browser; it stays as it is. `
    + `“Open the new one” keeps yours as ${mine}.`;
  const close = hdcNotice(`chapter ${path}`, words, {
    "Open the new one": () => openNew(app, context, mine).then(() => close()),
  });
}
