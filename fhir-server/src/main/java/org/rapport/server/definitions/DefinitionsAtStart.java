package org.rapport.server.definitions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.packages.PackageInstallationSpec;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.ArrayList;
import java.util.List;
import org.rapport.ig.SearchParameterList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs changed definitions before the first port opens. */
final class DefinitionsAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionsAtStart.class);

    private final FhirContext fhir;
    private final InstalledDefinitions installed;
    private final StoredSearchParameters searchParameters;
    private final ISearchParamRegistry registry;
    private final Packages packages;

    /**
     * Where packages come from and go to.
     *
     * @param settings which packages the operator names
     * @param installer puts a package into the store
     */
    record Packages(PackageSettings settings, IPackageInstallerSvc installer) {}

    DefinitionsAtStart(
            FhirContext fhir,
            InstalledDefinitions installed,
            StoredSearchParameters searchParameters,
            ISearchParamRegistry registry,
            Packages packages) {
        this.fhir = fhir;
        this.installed = installed;
        this.searchParameters = searchParameters;
        this.registry = registry;
        this.packages = packages;
    }

    void install() {
        installSearchParameters();
        installPackages();
        registry.forceRefresh();
    }

    private void installSearchParameters() {
        var list = SearchParameterList.load();
        installed.install("search-parameters", InstalledDefinitions.content(list.toString()), () -> {
            var active = new ActiveSearchParameters(list).resources(fhir);
            LOG.info("Storing the {} search parameters that stay active", active.size());
            searchParameters.replaceBy(active);
        });
    }

    private void installPackages() {
        List<GuidePackage> all = new ArrayList<>(List.of(GuidePackage.ours()));
        all.addAll(GuidePackage.from(packages.settings().packages()));
        all.forEach(guide -> installed.install("package " + guide.name(), guide.content(), () -> {
            LOG.info("Installing the FHIR package {} {}", guide.name(), guide.version());
            packages.installer()
                    .install(new PackageInstallationSpec()
                            .setName(guide.name())
                            .setVersion(guide.version())
                            .setPackageContents(guide.content())
                            .setFetchDependencies(false)
                            .setInstallMode(PackageInstallationSpec.InstallModeEnum.STORE_AND_INSTALL));
        }));
    }
}
