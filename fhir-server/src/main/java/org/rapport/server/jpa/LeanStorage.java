package org.rapport.server.jpa;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import org.rapport.server.text.SearchSettings;

/** What HAPI stores and indexes: as little as keeps every promise, because each index row is paid at each write. */
final class LeanStorage {

    private LeanStorage() {}

    static JpaStorageSettings settings(SearchSettings search) {
        var settings = new JpaStorageSettings();
        identity(settings);
        writing(settings);
        searching(settings, search);
        background(settings);
        return settings;
    }

    private static void identity(JpaStorageSettings settings) {
        settings.setResourceServerIdStrategy(JpaStorageSettings.IdStrategyEnum.UUID);
        settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ALPHANUMERIC);
        settings.setAllowInlineMatchUrlReferences(true);
        settings.setAllowMultipleDelete(false);
        settings.setExpungeEnabled(false);
        settings.setDeleteExpungeEnabled(false);
        settings.setAutoCreatePlaceholderReferenceTargets(false);
        settings.setEnforceReferentialIntegrityOnWrite(true);
        settings.setEnforceReferentialIntegrityOnDelete(true);
    }

    private static void writing(JpaStorageSettings settings) {
        settings.setTagStorageMode(JpaStorageSettings.TagStorageModeEnum.INLINE);
        settings.setStoreMetaSourceInformation(JpaStorageSettings.StoreMetaSourceInformationEnum.NONE);
        settings.setIndexStorageOptimized(true);
        settings.setSuppressStringIndexingInTokens(true);
    }

    private static void searching(JpaStorageSettings settings, SearchSettings search) {
        settings.setAutoSupportDefaultSearchParams(false);
        settings.setMarkResourcesForReindexingUponSearchParameterChange(false);
        settings.setReuseCachedSearchResultsForMillis(null);
        settings.setDefaultTotalMode(SearchTotalModeEnum.NONE);
        settings.setFetchSizeDefaultMaximum(MOST);
        settings.setFilterParameterEnabled(false);
        settings.setAllowContainsSearches(false);
        settings.setHibernateSearchIndexFullText(search.fullText());
        settings.setHibernateSearchIndexSearchParams(false);
    }

    private static void background(JpaStorageSettings settings) {
        settings.setEnableTaskStaleSearchCleanup(false);
        settings.setEnableTaskBulkImportJobExecution(false);
        settings.setEnableTaskResourceReindexing(false);
    }

    /** The most that a search by the server itself finds, such as the patients of a doctor; requests have pages. */
    private static final int MOST = 10_000;
}
