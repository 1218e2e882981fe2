package org.rapport.ig;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** The built package as the tests read it. */
final class TestGuide {

    static final FhirContext R4 = FhirContext.forR4Cached();
    static final NpmPackage PACKAGE = read();

    private TestGuide() {}

    static <T extends MetadataResource> List<T> definitions(Class<T> type) {
        return resources("package", type.getSimpleName()).map(type::cast).toList();
    }

    static List<Resource> examples() {
        return resources("example", "").toList();
    }

    static <T extends Resource> T example(Class<T> type, String id) {
        return examples().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(resource -> resource.getIdPart().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static ValidationSupportChain support() {
        var npm = new NpmPackageValidationSupport(R4);
        try {
            npm.loadPackageFromClasspath("classpath:" + Guide.PACKAGE_RESOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ValidationSupportChain(
                npm,
                new DefaultProfileValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                new InMemoryTerminologyServerValidationSupport(R4),
                new SnapshotGeneratingValidationSupport(R4));
    }

    static FhirValidator validator() {
        return R4.newValidator().registerValidatorModule(new FhirInstanceValidator(support()));
    }

    private static Stream<Resource> resources(String folder, String prefix) {
        try {
            return PACKAGE.list(folder).stream()
                    .filter(file -> file.matches("[A-Z]\\w+-.*\\.json") && file.startsWith(prefix))
                    .sorted()
                    .map(file -> parse(folder, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource parse(String folder, String file) {
        try (var in = PACKAGE.load(folder, file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return (Resource) R4.newJsonParser().parseResource(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NpmPackage read() {
        try (var in = Guide.openPackage()) {
            return NpmPackage.fromPackage(new ByteArrayInputStream(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
