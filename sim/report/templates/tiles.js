(function () {
  var map = document.getElementById("tiles"), slider = document.getElementById("quarter");
  if (!map || !slider) { return; }
  var names = map.dataset.quarters.split(";"), causes = map.dataset.causes.split(";");
  var tiles = Array.prototype.slice.call(map.querySelectorAll("[data-quarters-of]"));
  var wholes = Array.prototype.slice.call(map.querySelectorAll("[data-shares]"));
  function show() {
    var at = Number(slider.value);
    document.getElementById("quarter-name").textContent = names[at];
    wholes.forEach(function (whole) { whole.textContent = whole.dataset.shares.split(";")[at]; });
    tiles.forEach(function (tile) {
      var said = tile.dataset.quartersOf.split(";")[at].split(",");
      tile.className = "tile " + said[0];
      tile.querySelector(".share").textContent = said[1];
      tile.querySelector(".level").textContent = said[2];
      tile.querySelector(".cause").textContent = said[3];
      tile.title = [tile.dataset.name, said[1], causes[Number(said[4])]].filter(Boolean).join(" – ");
    });
  }
  slider.addEventListener("input", show);
  slider.hidden = false;
  slider.value = slider.max;
  show();
})();
