package io.mcpaccess.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A directory tree laid out like the home of an AM node. */
record AmHome(Path directory) {

    static AmHome gateway(Path directory) throws IOException {
        return create(directory, "gravitee-am-gateway-standalone-bootstrap-4.10.21.jar");
    }

    static AmHome management(Path directory) throws IOException {
        return create(directory, "gravitee-am-management-api-standalone-bootstrap-4.10.21.jar");
    }

    private static AmHome create(Path directory, String bootstrap) throws IOException {
        for (String name : List.of("bin", "config", "lib/ext", "plugins/ext")) {
            Files.createDirectories(directory.resolve(name));
        }
        Files.createFile(directory.resolve("lib").resolve(bootstrap));
        Files.writeString(
                directory.resolve("config/gravitee.yml"), "# plugins:\n#   path: elsewhere\nhttp:\n  port: 8092\n");
        AmHome home = new AmHome(directory);
        home.plugin("gravitee-am-identityprovider-inline-4.10.21.zip", "identity-provider", "inline-am-idp", "4.10.21");
        return home;
    }

    Path plugins() {
        return directory.resolve("plugins");
    }

    /** Puts a plugin ZIP of somebody else in place; its file is a day old. */
    Path plugin(String file, String type, String id, String version) throws IOException {
        return plugin(file, type, id, version, "com.example.Plugin");
    }

    Path plugin(String file, String type, String id, String version, String mainClass) throws IOException {
        byte[] manifest = "id=%s\nname=x\nversion=%s\ndescription=x\nclass=%s\ntype=%s\nfeature=paid\n"
                .formatted(id, version, mainClass, type)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        zip(jar, Map.of("plugin.properties", manifest));
        Path zip = plugins().resolve(file);
        try (OutputStream out = Files.newOutputStream(zip)) {
            zip(out, Map.of("plugin-" + version + ".jar", jar.toByteArray(), "lib/other.jar", new byte[0]));
        }
        Files.setLastModifiedTime(zip, FileTime.from(Instant.now().minusSeconds(86_400)));
        return zip;
    }

    /** Names of what stands in the plugins directory, hidden files aside. */
    List<String> pluginFiles() throws IOException {
        try (Stream<Path> files = Files.list(plugins())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("ext"))
                    .sorted()
                    .toList();
        }
    }

    private static void zip(OutputStream out, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
