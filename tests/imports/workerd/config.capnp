using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "main.js", esModule = embed "dist/main.js"),
    (name = "jitp/jitp_bg.wasm", wasm = embed "dist/jitp_bg.wasm"),
  ],
  compatibilityDate = "2026-11-01",
);
