package io.mcpaccess.amctl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.amctl.StubAm;
import io.mcpaccess.amctl.am.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageCommandTest {

    @Test
    void theAddressIsTheEnginesPage() throws IOException {
        try (StubAm am = new StubAm()) {
            String page = am.url() + StubAm.DOMAIN.substring("/management".length())
                    + "/authorization-engines/e1/settings/mcp";

            assertThat(am.run("page", "demo").out()).isEqualTo(page + System.lineSeparator());
            assertThat(Json.read(am.run("page", "demo", "--json").out())
                            .path("page")
                            .asText())
                    .isEqualTo(page);
        }
    }

    @Test
    void theBrowserIsTheOneNamedOrTheSystems() {
        assertThat(PageCommand.browser(Optional.of("firefox"), "Linux")).isEqualTo(List.of("firefox"));
        assertThat(PageCommand.browser(Optional.empty(), "Linux")).isEqualTo(List.of("xdg-open"));
        assertThat(PageCommand.browser(Optional.empty(), "Mac OS X")).isEqualTo(List.of("open"));
        assertThat(PageCommand.browser(Optional.empty(), "Windows 11")).startsWith("rundll32");
    }
}
