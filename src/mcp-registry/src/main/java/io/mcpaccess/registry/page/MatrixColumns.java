package io.mcpaccess.registry.page;

import io.mcpaccess.registry.plan.RegisteredServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of the matrix: a server that is folded is one column, the open one has a column for each tool of a page.
 *
 * @param columns from left to right
 * @param open the server that is open; empty where all are folded
 * @param slice which of the open server's tools are shown
 */
record MatrixColumns(List<Column> columns, Optional<RegisteredServer> open, PageSlice slice) {

    private static final int TOOLS_A_PAGE = 12;

    /**
     * One column.
     *
     * @param server whose it is
     * @param tools the tools that it stands for: one, or all of a folded server
     * @param isFolded whether it stands for a whole server
     */
    record Column(RegisteredServer server, List<DomainTool> tools, boolean isFolded) {}

    /**
     * Lays columns out.
     *
     * @param tools what was found
     * @param wanted the client id of the server to open; where it is empty and a single server was found, that one is
     * @param page which of its tools
     */
    static MatrixColumns of(List<DomainTool> tools, String wanted, int page) {
        Map<RegisteredServer, List<DomainTool>> byServer = new LinkedHashMap<>();
        tools.forEach(tool -> byServer.computeIfAbsent(tool.server(), each -> new ArrayList<>())
                .add(tool));
        boolean isFew = tools.size() <= TOOLS_A_PAGE && wanted.isEmpty();
        Optional<RegisteredServer> open = byServer.keySet().stream()
                .filter(server -> byServer.size() == 1 || server.clientId().equals(wanted))
                .findFirst();
        PageSlice slice = new PageSlice(
                "tools",
                page,
                TOOLS_A_PAGE,
                open.map(byServer::get).map(List::size).orElse(0));
        List<Column> columns = new ArrayList<>();
        byServer.forEach((server, its) -> {
            if (open.filter(server::equals).isPresent()) {
                slice.of(its).forEach(tool -> columns.add(new Column(server, List.of(tool), false)));
            } else if (isFew) {
                its.forEach(tool -> columns.add(new Column(server, List.of(tool), false)));
            } else {
                columns.add(new Column(server, its, true));
            }
        });
        return new MatrixColumns(columns, open, slice);
    }

    /** How many columns each server has, in their order. */
    Map<RegisteredServer, Integer> widths() {
        Map<RegisteredServer, Integer> widths = new LinkedHashMap<>();
        columns.forEach(column -> widths.merge(column.server(), 1, Integer::sum));
        return widths;
    }

    boolean isFolded(RegisteredServer server) {
        return columns.stream().anyMatch(column -> column.server() == server && column.isFolded());
    }
}
