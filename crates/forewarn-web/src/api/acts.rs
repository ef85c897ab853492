//! Every act on a case, under the name that it has on the pages, and by the same handler.

use super::caller::Act;
use super::done::Done;
use super::said::{
    ActionSaid, ArrivalSaid, AttemptSaid, CauseSaid, ClosingSaid, ContactSaid, DeliveryWord, FaultSaid,
    GoodNewsSaid, LeaderRequest, LetterSaid, NextWordSaid, NotNowSaid, Nothing, OptionSaid, OwnerSaid,
    ResolutionSaid, SpotCheckSaid, StepSaid, TellingSaid, Ticks, WordKept, WordsSaid,
};
use crate::error::AppError;
use crate::routes::cases::{self, keeping, leading, letters, preparing};
use crate::routes::{not_now, talk};
use crate::state::AppState;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

macro_rules! acts {
    ($($(#[$($doc:tt)*])* $name:ident: $path:tt, $body:ident, $handler:path;)+) => {
        $(
            $(#[$($doc)*])*
            #[utoipa::path(
                post,
                path = $path,
                tag = "acts on a case",
                request_body = $body,
                responses((status = 200, description = "It is done, or had been done before.", body = Done)),
            )]
            async fn $name(act: Act<$body>) -> Result<Response, AppError> {
                act.through($handler).await
            }
        )+

        /// All of them.
        pub(super) fn routes() -> OpenApiRouter<AppState> {
            OpenApiRouter::new()$(.routes(routes!($name)))+
        }
    };
}

acts! {
    /// The case was looked at.
    ///
    /// Looking at `/cases/{id}` changes nothing; this says that somebody has seen it.
    viewing: "/cases/{id}/viewings", Nothing, cases::view;
    /// What is confirmed before the talk.
    ticks: "/cases/{id}/ticks", Ticks, preparing::ticks;
    /// Whose doing it is.
    fault: "/cases/{id}/fault", FaultSaid, preparing::fault;
    /// Why the date moved.
    cause: "/cases/{id}/cause", CauseSaid, preparing::cause;
    /// Whom to tell.
    contact: "/cases/{id}/contact", ContactSaid, preparing::contact;
    /// Something that we do about it.
    action: "/cases/{id}/actions", ActionSaid, preparing::add_action;
    /// A way out for the customer.
    option: "/cases/{id}/options", OptionSaid, preparing::add_option;
    /// An option may be offered. For leaders.
    option_approval: "/cases/{id}/options/{option}/approval", Nothing, preparing::approve_option;
    /// A leader is asked to join.
    leader_request: "/cases/{id}/leader-requests", LeaderRequest, preparing::leader_request;
    /// Somebody else tells the customer.
    owner: "/cases/{id}/owner", OwnerSaid, preparing::owner;
    /// The customer is not told now, for one of four reasons. The clock keeps running.
    not_telling_now: "/cases/{id}/not-now", NotNowSaid, not_now::not_now;
    /// A try to reach the contact. An attempt is not a telling.
    attempt: "/cases/{id}/attempts", AttemptSaid, talk::attempt;
    /// The customer was told. From then on it is the promise.
    telling: "/cases/{id}/tellings", TellingSaid, talk::tell;
    /// A step of the talk was taken, or left out.
    step: "/cases/{id}/steps", StepSaid, talk::step;
    /// When they hear from us next.
    next_word: "/cases/{id}/next-words", NextWordSaid, keeping::promise_word;
    /// They have heard from us, as promised.
    kept_word: "/cases/{id}/next-words/keeping", WordKept, keeping::keep_word;
    /// They have heard the good news that there is.
    good_news: "/cases/{id}/good-news", GoodNewsSaid, keeping::good_news;
    /// Lines have arrived.
    arrival: "/cases/{id}/deliveries", ArrivalSaid, keeping::arrive;
    /// They know that it arrived, and were asked whether all is well.
    delivery_word: "/cases/{id}/delivery-words", DeliveryWord, keeping::confirm_delivery;
    /// The recap was taken along, to be sent from elsewhere.
    recap_taken: "/cases/{id}/recap-taken", Nothing, keeping::take_recap;
    /// The case ends: back to business as usual.
    closing: "/cases/{id}/closing", ClosingSaid, keeping::close;
    /// A leader asks whoever tells the customer.
    ask: "/cases/{id}/asks", WordsSaid, leading::ask;
    /// The answer to that.
    ask_answer: "/cases/{id}/ask-answers", WordsSaid, leading::answer_ask;
    /// A leader will be there when the customer is called.
    joining: "/cases/{id}/joinings", Nothing, leading::join;
    /// A leader takes the case over.
    takeover: "/cases/{id}/takeovers", Nothing, leading::take_over;
    /// Somebody looked whether the record of a telling is true. For leaders.
    spot_check: "/cases/{id}/spot-checks", SpotCheckSaid, leading::spot_check;
    /// A letter that a person has read is sent: recap, update, notice of arrival, or the rare first word.
    ///
    /// It leaves ten seconds later, and can be cancelled until then.
    letter: "/cases/{id}/letters", LetterSaid, letters::approve;
    /// A letter is taken back before it leaves.
    letter_cancelling: "/cases/{id}/letters/{letter}/cancelling", Nothing, letters::take_back;
    /// What became of a letter of which nobody knew.
    letter_resolution: "/cases/{id}/letters/{letter}/resolution", ResolutionSaid, letters::resolve;
    /// An act is taken back. It stays in the history.
    taking_back: "/cases/{id}/events/{seq}/taking-back", Nothing, cases::take_back;
}
