export default { docs: ["index", "try"] };
