"use client";

import init, { dryRun } from "jitp";
import { useEffect, useState } from "react";
import { certificate, options, template } from "../../input.mjs";

export default function Page() {
  const [answer, setAnswer] = useState("");
  useEffect(() => {
    init().then(() => setAnswer(JSON.stringify(dryRun(template, certificate, options))));
  }, []);
  return <pre id="answer">{answer}</pre>;
}
