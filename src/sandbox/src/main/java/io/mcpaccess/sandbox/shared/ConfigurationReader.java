package io.mcpaccess.sandbox.shared;

import java.nio.file.Path;

/** Reads a configuration file. Runs in a node's class loader, which has the YAML parser; the launcher has only the JDK. */
public interface ConfigurationReader {
    /**
     * Reads the text and, only where it has no mistake at all, writes its domains into the database.
     *
     * @param file the name for messages; relative paths in the text are relative to its folder
     * @param text the YAML
     * @param database an empty database
     * @return the rest of what the file says
     * @throws ConfigurationException with every mistake that was found; the database is untouched then
     */
    SandboxPlan read(Path file, String text, Database database) throws ConfigurationException;
}
