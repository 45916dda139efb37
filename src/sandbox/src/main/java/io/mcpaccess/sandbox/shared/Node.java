package io.mcpaccess.sandbox.shared;

import java.util.List;

/** One of AM's two nodes. Made by the launcher in the node's own class loader, with a no-argument constructor. */
public interface Node {
    /**
     * Starts the node; returns when it serves.
     *
     * @param settings what to start with
     * @return where it listens, with the port that was taken
     * @throws Exception where it cannot start; nothing is left running then
     */
    Address start(NodeSettings settings) throws Exception;

    /**
     * Looks for what AM would take without a word and then not do. For a node that is started; blocks.
     *
     * @return one sentence a mistake, empty where nothing is wrong or the node has nothing to look at
     */
    default List<String> mistakes() {
        return List.of();
    }

    /**
     * Stops the node and its plugins.
     *
     * @throws Exception where something did not stop; the rest is stopped nevertheless
     */
    void stop() throws Exception;
}
