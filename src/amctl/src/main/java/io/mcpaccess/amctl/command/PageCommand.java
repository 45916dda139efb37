package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code page}: where the page about access is. */
@Command(
        name = "page",
        sortOptions = false,
        description = {
            "Prints the address of the page about who may call what. A browser opens it that is signed in to AM's",
            "console."
        })
public final class PageCommand extends DomainCommand {

    @Option(
            names = "--open",
            description = "Open it as well, with the program that BROWSER names, or the system's own.")
    private boolean open;

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        String address = am.address(domain.settings() + "/mcp");
        if (isJson()) {
            output.json(Json.object().put("page", address));
        } else {
            output.line(address);
        }
        if (open) {
            open(address);
        }
        return ExitCode.DONE;
    }

    /** The address is an argument of its own: no shell reads it. */
    private void open(String address) {
        List<String> command = new ArrayList<>(browser(secrets().plain("BROWSER"), System.getProperty("os.name", "")));
        command.add(address);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The program " + command.get(0) + " could not be started. Name a browser in BROWSER, or open the"
                            + " address yourself.");
        }
    }

    static List<String> browser(Optional<String> named, String system) {
        String name = system.toLowerCase(Locale.ROOT);
        return named.map(List::of)
                .orElseGet(() -> name.startsWith("mac")
                        ? List.of("open")
                        : name.startsWith("windows")
                                ? List.of("rundll32", "url.dll,FileProtocolHandler")
                                : List.of("xdg-open"));
    }
}
