const { dryRun } = require("jitp");
const { certificate, options, template } = require("./input.cjs");

console.log(JSON.stringify(dryRun(template, certificate, options)));
