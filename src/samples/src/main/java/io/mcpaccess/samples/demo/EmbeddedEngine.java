package io.mcpaccess.samples.demo;

import java.io.IOException;

/** The engine in AM's own process: removed from the domain and added again. Its store file stays. */
final class EmbeddedEngine implements EngineControl {
    private final Administration administration;
    private final DemoDomain domain;

    EmbeddedEngine(Administration administration, DemoDomain domain) {
        this.administration = administration;
        this.domain = domain;
    }

    @Override
    public String takeAway() throws IOException {
        administration.removeEngine();
        return "the engine is removed from the domain";
    }

    @Override
    public String bringBack() throws IOException {
        administration.createEngine(domain.engineName(), domain.engineConfiguration());
        return "the engine is added to the domain again";
    }
}
