package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomains;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.Secrets;
import io.mcpaccess.amctl.terminal.SecretsOwner;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code domains}: which there are. */
@Command(
        name = "domains",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Lists the domains that you may see.")
public final class DomainsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Secrets secrets = ((SecretsOwner) spec.root().userObject()).secrets();
        AmClient am = connection.connect(secrets);
        List<JsonNode> domains =
                new ManagedDomains(am, connection.organization(secrets), connection.environment(secrets)).list();
        Output output =
                new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        if (json) {
            ArrayNode list = Json.array();
            domains.forEach(domain -> list.addObject()
                    .put("id", domain.path("id").asText())
                    .put("hrid", domain.path("hrid").asText())
                    .put("name", domain.path("name").asText()));
            output.json(list);
        } else {
            domains.forEach(domain -> output.line(domain.path("hrid")
                            .asText(domain.path("id").asText()) + "  "
                    + domain.path("name").asText() + "  " + domain.path("id").asText()));
        }
        return ExitCode.DONE.number();
    }
}
