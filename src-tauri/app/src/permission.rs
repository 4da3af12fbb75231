//! Who may do what, as one list that every act of the product asks.

use model::{Caller, Role};

use crate::Error;

/// An act that somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    SubmitDocument,
    SeeDocument,
    CancelDocument,
    RetryDocument,
    CorrectField,
    JudgeDocuments,
    AssignDocument,
    DeleteDocument,
    DropSharedSearch,
    MakeOwnCode,
    MakeOwnToken,
    SeeOwnTokens,
    SeeAllTokens,
    RevokeOwnToken,
    RevokeAnyToken,
    SetOwnPassword,
    SeeUsers,
    ChangeUsers,
    SeeJobs,
    ChangeJobs,
    SeeDatabases,
    AskDatabases,
    ChangeKeys,
    SeeAudit,
    Export,
    SeeRetention,
    SetRetention,
    SeeArchive,
    ChangeArchive,
    SeeTrustList,
    ChangeTrustList,
    SeedRecords,
    SeeTypes,
    ChangeTypes,
    SeeOutside,
    ChangeOutside,
}

impl Act {
    /// The weakest role that may do it.
    const fn role(self) -> Role {
        match self {
            Self::SubmitDocument
            | Self::SeeDocument
            | Self::CancelDocument
            | Self::RetryDocument
            | Self::MakeOwnCode
            | Self::MakeOwnToken
            | Self::SeeOwnTokens
            | Self::RevokeOwnToken
            | Self::SetOwnPassword
            | Self::SeeTrustList
            | Self::SeeTypes => Role::Clerk,
            Self::CorrectField | Self::JudgeDocuments | Self::AssignDocument => Role::Reviewer,
            Self::DeleteDocument
            | Self::DropSharedSearch
            | Self::SeeAllTokens
            | Self::RevokeAnyToken
            | Self::SeeUsers
            | Self::ChangeUsers
            | Self::SeeJobs
            | Self::ChangeJobs
            | Self::SeeDatabases
            | Self::AskDatabases
            | Self::ChangeKeys
            | Self::SeeAudit
            | Self::Export
            | Self::SeeRetention
            | Self::SetRetention
            | Self::SeeArchive
            | Self::ChangeArchive
            | Self::ChangeTrustList
            | Self::ChangeTypes
            | Self::SeeOutside
            | Self::ChangeOutside
            | Self::SeedRecords => Role::Admin,
        }
    }
}

/// Whether the caller may do it.
pub(crate) fn may(caller: &Caller, act: Act) -> bool {
    caller.role >= act.role()
}

/// Refuses unless the caller may do it.
pub(crate) fn demand(caller: &Caller, act: Act) -> Result<(), Error> {
    if may(caller, act) {
        Ok(())
    } else {
        Err(Error::NotAllowed { needed: act.role() })
    }
}
