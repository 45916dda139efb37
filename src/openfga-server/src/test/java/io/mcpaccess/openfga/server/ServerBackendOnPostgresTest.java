package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.testing.OpenFgaOnPostgres;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaOnPostgres.class)
class ServerBackendOnPostgresTest extends ServerBackendContract {

    ServerBackendOnPostgresTest(OpenFgaStores stores) {
        super(stores);
    }
}
