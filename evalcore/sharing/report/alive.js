/** The report's own lines: mounts the explorer, changes the model, keeps what was moved. No server answers here. */
const models = JSON.parse(document.getElementById("op-data").textContent);
const root = document.querySelector(".op-explorer");
const choice = /** @type {HTMLSelectElement|null} */ (document.getElementById("op-model"));
let at = 0;
let revision = 0;
let desk = null;
const explorer = createExplorer(root, {
  onCommit: (threshold) => { models[at].threshold = threshold; },
  onPin: (threshold) => { models[at].pinned = threshold; },
  onCell: () => {},
  onTiles: (tiles) => { for (const each of models) each.tiles = tiles; },
  onRange: () => {},
  onDesk: ({ jump, ...state }) => {
    // Where no goal was stated there is nothing to see of one: the first tool is what things cost.
    desk = state;
    if (state.tool === "goal" && models[at].told.goal.state === "none") root.querySelector('[data-tool="costs"]').click();
  },
});

function show(place) {
  at = place;
  revision += 1;
  const { told } = models[at];
  explorer.update({ ...models[at], revision, told: desk ? { ...told, id: `${told.id}/${revision}`, desk } : told });
}

root.classList.toggle("op-no-goal", models[0].told.goal.state === "none");
if (choice) choice.addEventListener("change", () => show(choice.selectedIndex));
show(0);
