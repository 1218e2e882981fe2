package org.rapport.content.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionContextComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.rapport.content.ConstraintRule;
import org.rapport.content.FileRule;
import org.rapport.content.NarrativeRule;
import org.rapport.content.NarrativeSanitiser;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Takes out of narratives what does more than format, and refuses a resource whose files are not what they say they are, or
 * whose constraints run without end; patched ones and those of a bundle too. What the server itself writes, such as the
 * definitions it comes with, passes.
 *
 * <p>Runs after those who judge a write, so that it says nothing to who may not write, and before whoever looks at what will
 * be stored.
 */
@Interceptor(order = ContentInterceptor.ORDER)
class ContentInterceptor {

    static final int ORDER = 90;

    private static final String UNTYPED = "application/octet-stream";
    private static final Failure FILE =
            Failure.of(422, "business-rule", "A file is not what its contentType says, or it runs");

    private static final Failure CONSTRAINT = Failure.of(
            422,
            "business-rule",
            "A pattern begins with ^ and repeats one thing without a fixed number at most, and an expression repeats nothing else;"
                    + " install other profiles as a package");

    private static final String PATTERN = "http://hl7.org/fhir/StructureDefinition/regex";

    private final FhirContext fhir;

    ContentInterceptor(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** A new resource. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void create(@Nullable ServletRequestDetails request, IBaseResource resource) {
        if (request != null) {
            check(resource);
        }
    }

    /** A new version. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void update(@Nullable ServletRequestDetails request, IBaseResource before, IBaseResource after) {
        create(request, after);
    }

    private void check(IBaseResource resource) {
        if (resource instanceof Binary binary && binary.hasData()) {
            checkFile(binary.getContentType(), binary.getData());
        }
        fhir.newTerser().visit(resource, (holder, element, path, child, definition) -> checkElement(element));
        if (resource instanceof Questionnaire) { // by whose expressions answers are validated
            fhir.newTerser().visit(resource, (holder, element, path, child, definition) -> checkExpression(element));
        }
        if (resource instanceof StructureDefinition profile
                && !expressions(profile).allMatch(ConstraintRule::allows)) {
            throw new FailureException(CONSTRAINT);
        }
        if (resource instanceof DomainResource holder) { // whose files in itself the terser passes over
            holder.getContained().stream().filter(Binary.class::isInstance).forEach(this::check);
        }
    }

    private void checkElement(IBase element) {
        if (element instanceof Narrative narrative
                && narrative.getDiv().getNodeType() != null // which an empty text has not
                && !NarrativeRule.allows(narrative.getDiv())) {
            sanitise(narrative);
        }
        var held = held(element);
        if (held != null) {
            check(held);
        }
        if (element instanceof Attachment attachment && attachment.hasData()) {
            checkFile(attachment.getContentType(), attachment.getData());
        }
        if (element instanceof Extension extension
                && PATTERN.equals(extension.getUrl())
                && !isPlain(extension.getValue())) {
            throw new FailureException(CONSTRAINT);
        }
    }

    /** What the terser passes over. */
    private static @Nullable Resource held(IBase element) {
        return element instanceof BundleEntryComponent entry
                ? entry.getResource()
                : element instanceof BundleEntryResponseComponent response
                        ? response.getOutcome()
                        : element instanceof ParametersParameterComponent parameter ? parameter.getResource() : null;
    }

    /** One of which nothing is left is gone: FHIR lets none be without content. */
    private static void sanitise(Narrative narrative) {
        if (!NarrativeSanitiser.sanitise(narrative.getDiv())) {
            narrative.setStatusElement(null).setDiv(null).setId(null).setExtension(null);
        }
    }

    private static void checkExpression(IBase element) {
        if (element instanceof Expression expression
                && expression.hasExpression()
                && !ConstraintRule.allows(expression.getExpression())) {
            throw new FailureException(CONSTRAINT);
        }
    }

    /** What is run when something is validated by a profile. */
    private static Stream<String> expressions(StructureDefinition profile) {
        var constraints = Stream.concat(
                        profile.getSnapshot().getElement().stream(), profile.getDifferential().getElement().stream())
                .flatMap(element -> element.getConstraint().stream())
                .map(ElementDefinitionConstraintComponent::getExpression);
        var contexts = Stream.concat(
                profile.getContext().stream().map(StructureDefinitionContextComponent::getExpression),
                profile.getContextInvariant().stream().map(StringType::getValue));
        return Stream.concat(constraints, contexts).filter(Objects::nonNull);
    }

    private static boolean isPlain(@Nullable Type pattern) {
        return pattern instanceof StringType text && ConstraintRule.isPlain(text.getValueNotNull());
    }

    private static void checkFile(@Nullable String contentType, byte[] file) {
        if (!FileRule.allows(Optional.ofNullable(contentType).orElse(UNTYPED), file)) {
            throw new FailureException(FILE);
        }
    }
}
