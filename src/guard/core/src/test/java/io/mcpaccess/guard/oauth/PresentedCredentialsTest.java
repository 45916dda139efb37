package io.mcpaccess.guard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedCredentialsTest {
    @Test
    void readsABearerTokenWhateverTheCaseOfTheScheme() {
        assertThat(PresentedCredentials.read(List.of("bEARER abc.DEF-1_~+/==")))
                .isEqualTo(new PresentedCredentials.Bearer("abc.DEF-1_~+/=="));
    }

    @Test
    void readsBasic() {
        assertThat(PresentedCredentials.read(List.of("Basic YTpi"))).isEqualTo(new PresentedCredentials.Basic("a:b"));
    }

    @Test
    void seesThatThereIsNone() {
        assertThat(PresentedCredentials.read(List.of())).isEqualTo(new PresentedCredentials.None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer é", "Basic %%%", "Digest x", "abc"})
    void takesNothingUnreadable(String header) {
        assertThat(PresentedCredentials.read(List.of(header))).isEqualTo(new PresentedCredentials.Unusable());
    }

    @Test
    void seesThatThereAreSeveral() {
        for (List<String> headers : List.of(
                List.of("Bearer a", "Bearer b"),
                List.of("Bearer a", "Bearer a"),
                List.of("Bearer a", ""),
                List.of("Bearer a, bearer b"),
                List.of("Basic YTpi,Bearer b"))) {
            assertThat(PresentedCredentials.read(headers)).isEqualTo(new PresentedCredentials.Several());
        }
    }

    @Test
    void takesNoTokenThatIsLongerThanAHeader() {
        assertThat(PresentedCredentials.read(List.of("Bearer " + "a".repeat(16_000))))
                .isInstanceOf(PresentedCredentials.Bearer.class);
        assertThat(PresentedCredentials.read(List.of("Bearer " + "a".repeat(65_536))))
                .isEqualTo(new PresentedCredentials.Unusable());
    }

    @Test
    void neverPrintsWhatItHolds() {
        assertThat(PresentedCredentials.read(List.of("Bearer secret")).toString())
                .doesNotContain("secret");
        assertThat(PresentedCredentials.read(List.of("Basic YTpzZWNyZXQ=")).toString())
                .doesNotContain("secret");
    }
}
