package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A store whose model is in modules: fga.mod and the files that it lists. */
class ModuleStoreTest {

    private static final String CORE = """
            # People and roles.
            module core

            type user
            type role
              relations
                define assignee: [user]
            type server
            """;

    private static final String TOOLS = """
            module tools

            extend type server
              relations
                define admin: [user, role#assignee]

            type tool
              relations
                define server: [server]
                define can_call: [user with up_to, role#assignee] or admin from server

            condition up_to(amount: int, limit: int) {
              amount <= limit
            }
            """;

    private static final String WHOLE = """
            model
              schema 1.2

            type user
            type role
              relations
                define assignee: [user]
            type server
              relations
                define admin: [user, role#assignee]
            type tool
              relations
                define server: [server]
                define can_call: [user with up_to, role#assignee] or admin from server

            condition up_to(amount: int, limit: int) {
              amount <= limit
            }
            """;

    private static final String LIST = "schema: '1.2'\ncontents:\n  - core.fga\n  - tools/tools.fga\n";

    @TempDir
    private Path directory;

    private final Set<String> named = new HashSet<>();

    @Test
    void theJoinedModelIsThatOfOneFile() throws IOException {
        assertThat(json(read(LIST, CORE, TOOLS))).isEqualTo(json(ModelReader.fromDsl(WHOLE)));
        assertThat(named).containsExactlyInAnyOrder("store.fga.yaml", "fga.mod", "core.fga", "tools/tools.fga");
    }

    @Test
    void whatExtendsATypeMayStandBeforeItAndAConditionBeforeTypes() throws IOException {
        String list = "contents: [tools/tools.fga, core.fga]\nschema: '1.2'\n";
        assertThat(read(list, CORE, TOOLS).types().get("server").relations()).containsOnlyKeys("admin");
    }

    @Test
    void aTypeWithRelationsTakesThoseOfEachModule() throws IOException {
        String core =
                CORE.replace("type server\n", "type server\n  relations\n    define owner: [user] # of the machine\n");
        assertThat(read(LIST, core, TOOLS).types().get("server").relations()).containsOnlyKeys("owner", "admin");
    }

    @Test
    void anExtensionMayBeEmpty() throws IOException {
        String tools = TOOLS.replace("extend type server\n", "extend type role\nextend type server\n");
        assertThat(json(read(LIST, CORE, tools))).isEqualTo(json(ModelReader.fromDsl(WHOLE)));
    }

    @Test
    void aListInAFolderNamesFilesBesideItself() throws IOException {
        Files.createDirectories(directory.resolve("model"));
        Files.writeString(directory.resolve("model/fga.mod"), "schema: '1.2'\ncontents: [core.fga]\n");
        Files.writeString(directory.resolve("model/core.fga"), CORE);
        Files.writeString(directory.resolve("store.fga.yaml"), "model_file: model/fga.mod\n");
        assertThat(source().model().orElseThrow().types()).containsOnlyKeys("user", "role", "server");
    }

    @Test
    void aModelIsReadByItselfAndJoined() throws IOException {
        read(LIST, CORE, TOOLS);
        String joined = ModelFiles.read(directory.resolve("fga.mod"));
        assertThat(json(ModelReader.fromDsl(joined))).isEqualTo(json(ModelReader.fromDsl(WHOLE)));
        Files.writeString(directory.resolve("core.fga"), "module core\ntype user\n");
        assertThatThrownBy(() -> ModelFiles.read(directory.resolve("fga.mod")))
                .hasMessageStartingWith("tools/tools.fga, line 3, column 1: there is no type \"server\"");
        Files.delete(directory.resolve("core.fga"));
        assertThatThrownBy(() -> ModelFiles.read(directory.resolve("fga.mod")))
                .hasMessageStartingWith("fga.mod, line 3, column 5: there is no file \"core.fga\"");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("core.fga, line 3", CORE.replace("module core\n", ""), TOOLS, "begins with \"module NAME\""),
                arguments("core.fga, line 1", "# nothing\n", TOOLS, "begins with \"module NAME\""),
                arguments(
                        "tools/tools.fga, line 7, column 1",
                        CORE + "type tool\n",
                        TOOLS,
                        "type \"tool\" is defined already, core.fga, line 9"),
                arguments(
                        "tools/tools.fga, line 3, column 1",
                        CORE.replace("type server\n", ""),
                        TOOLS,
                        "there is no type \"server\" to extend"),
                arguments(
                        "tools/tools.fga, line 5, column 5",
                        CORE + "  relations\n    define admin: [user]\n",
                        TOOLS,
                        "relation \"admin\" of type \"server\" is defined already, core.fga, line 10"),
                arguments(
                        "tools/tools.fga, line 12, column 1",
                        CORE + "condition up_to(a: int) {\n  a < 1\n}\n",
                        TOOLS,
                        "condition \"up_to\" is defined already, core.fga, line 9"),
                arguments(
                        "core.fga, line 9, column 1",
                        CORE + "extend type server\n  relations\n    define owner: [user]\n",
                        TOOLS,
                        "type \"server\" is in this file already"),
                arguments(
                        "tools/tools.fga, line 7, column 1",
                        CORE,
                        TOOLS.replace(
                                "type tool", "extend type server\n  relations\n    define owner: [user]\ntype tool"),
                        "type \"server\" is in this file already"),
                arguments(
                        "tools/tools.fga, line 10, column",
                        CORE,
                        TOOLS.replace("admin from server", "owner from server"),
                        "owner"),
                arguments(
                        "tools/tools.fga, line 9, column",
                        CORE,
                        TOOLS.replace("server: [server]", "server [server]"),
                        ""),
                arguments(
                        "tools/tools.fga, line 2", CORE, TOOLS.replaceFirst("\n", "\nmodule more\n"), "expected here"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsSaidInTheFileThatHasIt(String place, String core, String tools, String message) {
        assertThatThrownBy(() -> read(LIST, core, tools))
                .isInstanceOf(StoreFileException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(message)
                .hasMessageNotContainingAny("mismatched", "extraneous", "expecting", "viable");
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                arguments(
                        "schema: '1.1'\ncontents: [core.fga]\n",
                        "fga.mod, line 1, column 9: modules are of schema '1.2'"),
                arguments("contents: [core.fga]\n", "fga.mod: a list of modules has schema"),
                arguments("schema: '1.2'\ncontents: []\n", "fga.mod: a list of modules has schema"),
                arguments("schema: '1.2'\ncontents: core.fga\n", "fga.mod, line 2, column 11: contents is a list"),
                arguments("schema: '1.2'\ncontents: [core.yaml]\n", "end in .fga"),
                arguments("schema: '1.2'\ncontents: [core.fga, core.fga]\n", "in the list already"),
                arguments("schema: '1.2'\ncontents: [gone.fga]\n", "fga.mod, line 2, column 12: there is no file"),
                arguments("schema: '1.2'\ncontents: [../core.fga]\n", "is not in the store's directory"),
                arguments("schema: '1.2'\nfiles: [core.fga]\n", "fga.mod, line 2, column 1: a list of modules has"),
                arguments("core.fga", "fga.mod: a list of modules has schema and contents"),
                arguments("", "fga.mod: a list of modules has schema and contents"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListThatIsNoneIsRefusedWithItsLine(String list, String message) {
        assertThatThrownBy(() -> read(list, CORE, TOOLS))
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining(message);
    }

    private AuthorizationModel read(String list, String core, String tools) throws IOException {
        Files.createDirectories(directory.resolve("tools"));
        Files.writeString(directory.resolve("fga.mod"), list);
        Files.writeString(directory.resolve("core.fga"), core);
        Files.writeString(directory.resolve("tools/tools.fga"), tools);
        Files.writeString(directory.resolve("store.fga.yaml"), "model_file: fga.mod\n");
        return source().model().orElseThrow();
    }

    private SourceImage source() throws IOException {
        return SourceImage.read(new StoreFileReader(), new StoreFiles(directory, "store.fga.yaml"), named);
    }

    private static String json(AuthorizationModel model) {
        return ModelReader.toJson(model);
    }
}
