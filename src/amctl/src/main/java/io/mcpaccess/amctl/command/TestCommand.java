package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.permtest.JUnitXml;
import io.mcpaccess.amctl.permtest.TestText;
import io.mcpaccess.amctl.permtest.TestedFile;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.WrittenFile;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests.Explained;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test}: the tests of store files, in this process. */
@Command(
        name = "test",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Runs the tests of OpenFGA store files, check, list_objects and list_users, and mcp_tests, whole tool calls.",
            "Needs no AM and no OpenFGA.",
            "Exit code 10 where an assertion does not hold, 2 where a file cannot be used or nothing was tested."
        })
public final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Store files, such as store.fga.yaml.")
    private List<Path> files;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write what came of it as JUnit XML.")
    private Path junit;

    @Option(
            names = "--explain",
            description = "Say of every assertion why it was answered so, not of failed ones alone.")
    private boolean explain;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                spec.commandLine().getColorScheme().ansi().enabled());
        List<TestedFile> tested = files.stream()
                .map(file -> TestedFile.run(file, explain ? Explained.ALL : Explained.FAILED))
                .toList();
        if (json) {
            output.json(TestedFile.json(tested));
        } else {
            new TestText(output).write(tested);
        }
        tested.forEach(each -> each.fault().ifPresent(output::note));
        if (junit != null) {
            WrittenFile.of(junit, JUnitXml.of(tested));
        }
        ExitCode outcome = TestedFile.outcome(tested);
        if (outcome == ExitCode.USAGE
                && tested.stream().allMatch(each -> each.fault().isEmpty())) {
            output.note("Nothing was tested: no file has tests.");
        }
        return outcome.number();
    }
}
