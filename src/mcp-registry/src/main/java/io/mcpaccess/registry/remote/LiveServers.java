package io.mcpaccess.registry.remote;

import io.mcpaccess.registry.plan.RegistryException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Asks live MCP servers for their tools. Blocks for some seconds at the most. Safe for use by many threads. */
public final class LiveServers implements AutoCloseable {

    private final Supplier<AddressRules> rules;
    private final HostLookup lookup;
    private final LongSupplier nanoTime;
    private final ImportThreads threads = new ImportThreads();

    /**
     * Live servers as seen from this node.
     *
     * @param rules which addresses may be connected to, asked for every import
     * @param lookup the name service
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public LiveServers(Supplier<AddressRules> rules, HostLookup lookup, LongSupplier nanoTime) {
        this.rules = rules;
        this.lookup = lookup;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads a server's whole list of tools.
     *
     * @param url the MCP endpoint
     * @param credentials what it is shown
     * @return its tools in its own order, unchecked
     * @throws io.mcpaccess.registry.plan.InvalidDeclarationException if the URL cannot be a target
     * @throws RegistryException with status 502 if the list cannot be had
     */
    public List<RemoteTool> tools(String url, ServerCredentials credentials) {
        AddressRules current = rules.get();
        ImportTarget target = ImportTarget.of(url, current);
        ImportBudget budget = new ImportBudget(nanoTime);
        GuardedDns dns = new GuardedDns(lookup, current, target.isLoopbackOnly(), budget, threads.lookups());
        try (McpConnection connection = new McpConnection(target, credentials, dns, budget, threads)) {
            budget.start();
            return new ToolListReader(connection).read();
        }
    }

    /** Stops its threads; imports under way fail. */
    @Override
    public void close() {
        threads.close();
    }
}
