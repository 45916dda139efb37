package io.mcpaccess.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.config.SandboxFile;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.shared.ConfigurationException;
import io.mcpaccess.sandbox.shared.Database;
import java.nio.file.Path;

/** Tables for a unit test, filled from a configuration text. */
public final class TestTables {
    private TestTables() {}

    /** Tables with what the YAML declares. */
    public static Tables of(String yaml) {
        Database database = new Database();
        try {
            new SandboxFile().read(Path.of("sandbox.yml"), yaml, database);
        } catch (ConfigurationException e) {
            throw new AssertionError(e);
        }
        return Tables.of(database, new ObjectMapper());
    }
}
