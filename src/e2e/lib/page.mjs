export function checkPage() {}
export function writePage() {}
