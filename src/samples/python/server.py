"""An MCP server that knows nothing of tokens: the guard stands before it and says who calls.

Only the guard may reach it, hence the loopback address.
"""

import os

from fastmcp import FastMCP
from fastmcp.server.dependencies import get_http_headers

ORDERS = {"A-1": 120.0, "A-2": 9000.0}

mcp = FastMCP("orders")


@mcp.tool
def list_orders() -> str:
    """List all orders with what was paid."""
    return ", ".join(f"{number}: {paid:.2f} EUR" for number, paid in ORDERS.items())


@mcp.tool
def refund_order(number: str, amount: float) -> str:
    """Give back a part of what was paid for an order."""
    if not 0 < amount <= ORDERS.get(number, 0):
        raise ValueError("There is no such order, or it was about less.")
    caller = get_http_headers().get("x-mcp-subject", "nobody that the guard named")
    return f"{amount:.2f} EUR of {number} given back by {caller}"


if __name__ == "__main__":
    mcp.run(transport="http", host="127.0.0.1", port=int(os.environ.get("PORT", "3000")), show_banner=False)
