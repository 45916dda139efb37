package io.mcpaccess.guard.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import io.mcpaccess.guard.proxy.settings.SettingsException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyTest {

    private static KeyPair pair(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String pem(String kind, byte[] der) {
        String what = kind + "PRIVATE " + "KEY-----";
        return "-----BEGIN " + what + "\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "\n";
    }

    private static String hex(BigInteger number) {
        return String.format("%064x", number);
    }

    /** As {@code openssl ecparam -genkey -noout} writes it (RFC 5915): with the curve and the public half, or without. */
    private static byte[] sec1(KeyPair pair, boolean isWhole) {
        ECPublicKey whole = (ECPublicKey) pair.getPublic();
        String secret = "0201010420" + hex(((ECPrivateKey) pair.getPrivate()).getS());
        String rest = "a00a06082a8648ce3d030107a14403420004"
                + hex(whole.getW().getAffineX())
                + hex(whole.getW().getAffineY());
        return HexFormat.of().parseHex(isWhole ? "3077" + secret + rest : "3025" + secret);
    }

    @RepeatedTest(20)
    void everyFormIsTheSameKeyWithItsPublicHalf() throws Exception {
        KeyPair pair = pair("secp256r1");
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        for (String pem : List.of(
                pem("", pair.getPrivate().getEncoded()),
                pem("EC ", sec1(pair, true)),
                parameters + pem("EC ", sec1(pair, true)),
                pem("EC ", sec1(pair, false)))) {
            ECKey key = PemKey.read(pem).orElseThrow();

            assertThat(key.isPrivate()).isTrue();
            assertThat(key.toECPublicKey()).isEqualTo(pair.getPublic());
        }
    }

    @Test
    void anythingElseIsNoKeyAndNoneOfItIsSaid(@TempDir Path folder) throws Exception {
        KeyPair pair = pair("secp256r1");
        String another = pem("", pair("secp384r1").getPrivate().getEncoded());
        byte[] onSecp256k1 = HexFormat.of().parseHex("302e0201010420" + "11".repeat(32) + "a00706052b8104000a");
        byte[] beyondTheOrder = HexFormat.of().parseHex("30250201010420" + "ff".repeat(32));
        for (String pem : List.of(
                "",
                another,
                pem("", sec1(pair, true)),
                pem("EC ", new byte[] {1, 2, 3}),
                pem("EC ", onSecp256k1),
                pem("EC ", beyondTheOrder))) {
            assertThat(PemKey.read(pem)).as(pem).isEmpty();
        }
        Path file = Files.writeString(folder.resolve("identity.pem"), another);
        assertThatThrownBy(() -> SigningKey.of(Optional.of(file)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("openssl ecparam -name prime256v1")
                .hasMessageNotContaining(another.substring(30, 60));
    }

    @Test
    void aKeyOfAFileIsTheSameAfterARestart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("identity.pem"), pem("EC ", sec1(pair("secp256r1"), true)));

        String keys = SigningKey.of(Optional.of(file)).publicKeys();

        assertThat(keys).contains("\"kid\"").doesNotContain("\"d\"");
        assertThat(SigningKey.of(Optional.of(file)).publicKeys()).isEqualTo(keys);
    }
}
