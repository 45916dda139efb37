package io.mcpaccess.guard.proxy.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key on the curve P-256 in PEM, as OpenSSL writes it: PKCS #8 ({@code PRIVATE KEY}) or SEC 1 (RFC 5915, {@code EC PRIVATE KEY}). The
 * public half is worked out, since neither form has to hold it.
 */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:EC )?PRIVATE KEY-----");

    /** AlgorithmIdentifier of an EC key on P-256 (RFC 5480, section 2.1.1), and the version before it. */
    private static final byte[] EC_ON_P256 = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x13,
        0x06,
        0x07,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0xce,
        0x3d,
        0x02,
        0x01,
        0x06,
        0x08,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0xce,
        0x3d,
        0x03,
        0x01,
        0x07
    };

    private PemKey() {}

    /**
     * Reads it.
     *
     * @param pem a text; what stands beside the key, such as its parameters, is passed over
     * @return both halves; empty where there is no such key
     */
    static Optional<ECKey> read(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            if (block.group(1) != null && namesAnotherCurve(der)) {
                return Optional.empty();
            }
            KeyFactory factory = KeyFactory.getInstance("EC");
            ECPrivateKey half = (ECPrivateKey)
                    factory.generatePrivate(new PKCS8EncodedKeySpec(block.group(1) == null ? der : wrapped(der)));
            ECParameterSpec curve = half.getParams();
            if (!Curve.P_256.equals(Curve.forECParameterSpec(curve))
                    || half.getS().compareTo(curve.getOrder()) >= 0) {
                return Optional.empty();
            }
            ECPoint point = times(half.getS(), curve.getGenerator(), curve);
            ECPublicKey whole = (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(point, curve));
            return Optional.of(
                    new ECKey.Builder(Curve.P_256, whole).privateKey(half).build());
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // What a library says may hold parts of the key.
            return Optional.empty();
        }
    }

    /** Whether a SEC 1 key names its curve, which it need not, and it is not P-256: wrapped it would be taken for one on P-256. */
    private static boolean namesAnotherCurve(byte[] sec1) {
        int secret = (sec1[1] & 0xff) == 0x81 ? 6 : 5;
        int parameters = secret + 2 + sec1[secret + 1];
        byte[] p256 = Arrays.copyOfRange(EC_ON_P256, EC_ON_P256.length - 10, EC_ON_P256.length);
        return parameters < sec1.length
                && (sec1[parameters] & 0xff) == 0xa0
                && !Arrays.equals(sec1, parameters + 2, parameters + 2 + p256.length, p256, 0, p256.length);
    }

    /** SEC 1 put into PKCS #8. */
    private static byte[] wrapped(byte[] sec1) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(EC_ON_P256);
        write(content, 0x04, sec1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(all, 0x30, content.toByteArray());
        return all.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, int tag, byte[] content) {
        to.write(tag);
        if (content.length > 0xff) {
            to.write(0x82);
            to.write(content.length >> 8);
        } else if (content.length > 0x7f) {
            to.write(0x81);
        }
        to.write(content.length);
        to.writeBytes(content);
    }

    /** Double and add, once at the start of the proxy. */
    private static ECPoint times(BigInteger factor, ECPoint point, ECParameterSpec curve) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            sum = plus(sum, sum, curve);
            if (factor.testBit(bit)) {
                sum = plus(sum, point, curve);
            }
        }
        return sum;
    }

    /** Of two points that are never each other's negative here: the factor is smaller than the order. */
    private static ECPoint plus(ECPoint one, ECPoint other, ECParameterSpec curve) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = one.getAffineX();
        BigInteger y = one.getAffineY();
        BigInteger rise = one.equals(other)
                ? x.pow(2).multiply(BigInteger.valueOf(3)).add(curve.getCurve().getA())
                : other.getAffineY().subtract(y);
        BigInteger run = one.equals(other) ? y.shiftLeft(1) : other.getAffineX().subtract(x);
        BigInteger slope = rise.multiply(run.modInverse(p)).mod(p);
        BigInteger sumX = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(p);
        return new ECPoint(sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(p));
    }
}
