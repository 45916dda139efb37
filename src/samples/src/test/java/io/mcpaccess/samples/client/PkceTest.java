package io.mcpaccess.samples.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PkceTest {
    /** RFC 7636, appendix B. */
    @Test
    void hashesTheVerifierAsTheRfcDoes() {
        assertThat(new Pkce("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void makesAVerifierOfTheRightForm() {
        Pkce pkce = Pkce.create(new Random(1));
        assertThat(pkce.verifier()).matches("[A-Za-z0-9_-]{43}");
        assertThat(pkce.toString()).doesNotContain(pkce.verifier());
    }
}
