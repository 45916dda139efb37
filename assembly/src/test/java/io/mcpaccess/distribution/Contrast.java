package io.mcpaccess.distribution;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contrast of two colours of a style sheet (WCAG 2.2, "contrast ratio" and "relative luminance"). */
final class Contrast {

    private Contrast() {}

    /** The ratio of two custom properties, from 1 to 21. */
    static double between(String css, String one, String other) {
        double first = luminance(css, one);
        double second = luminance(css, other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String css, String property) {
        Matcher colour = Pattern.compile("--" + property + ": #([0-9a-f]{6})").matcher(css);
        if (!colour.find()) {
            throw new IllegalArgumentException("no colour --" + property);
        }
        int rgb = Integer.parseInt(colour.group(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double value = (channel & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
