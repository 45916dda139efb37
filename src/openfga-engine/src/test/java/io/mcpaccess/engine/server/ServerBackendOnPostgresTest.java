package io.mcpaccess.engine.server;

import io.mcpaccess.engine.testing.OpenFgaOnPostgres;
import io.mcpaccess.engine.testing.OpenFgaStores;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaOnPostgres.class)
class ServerBackendOnPostgresTest extends ServerBackendContract {

    ServerBackendOnPostgresTest(OpenFgaStores stores) {
        super(stores);
    }
}
